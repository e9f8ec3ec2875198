-- One row per offending row: one of two columns that belong together is empty. What the sender does
-- not record is missing in no row.
SELECT line, value::VARCHAR AS value, other_name AS other
FROM pair CROSS JOIN terms
WHERE pair.value IS NOT NULL AND pair.other IS NULL AND NOT list_contains(terms.absent, other_name)
