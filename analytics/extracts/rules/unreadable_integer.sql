-- One row per cell: unreadable integer.
SELECT line, text AS value, NULL AS other
FROM field
WHERE text IS NOT NULL AND value IS NULL
