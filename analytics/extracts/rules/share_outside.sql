-- One row per cell: share outside.
SELECT line, text AS value, NULL AS other
FROM field
WHERE value < 0 OR value > 1
