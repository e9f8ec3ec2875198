-- One row per cell: required empty.
SELECT line, NULL AS value, NULL AS other
FROM field
WHERE text IS NULL
