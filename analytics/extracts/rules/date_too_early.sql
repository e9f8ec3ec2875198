-- One row per cell: date too early.
SELECT line, text AS value, NULL AS other
FROM field
WHERE value < DATE '2000-01-01'
