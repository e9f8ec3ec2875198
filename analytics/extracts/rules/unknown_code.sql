-- One row per cell: unknown code, and no other reason is known.
SELECT line, text AS value, NULL AS other
FROM field
WHERE text IS NOT NULL AND value IS NULL AND note IS NULL
