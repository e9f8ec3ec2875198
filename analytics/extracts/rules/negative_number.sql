-- One row per cell: negative number.
SELECT line, text AS value, NULL AS other
FROM field
WHERE value < 0
