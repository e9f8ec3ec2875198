-- One row per offending row: a step before the one that it follows, whose column other names.
SELECT line, value::VARCHAR AS value, other_name || ' ' || other AS other
FROM pair
WHERE value < other
