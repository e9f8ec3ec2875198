-- One row per offending row: both bodies are of one kind; of two other ones nobody can say so.
SELECT line, value, NULL AS other
FROM pair
WHERE value = other AND value <> 'other'
