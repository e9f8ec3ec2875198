-- One row per offending row: both bodies are of one kind.
SELECT line, value, NULL AS other
FROM pair
WHERE value = other
