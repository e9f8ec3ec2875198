-- One row per cell: text too long.
SELECT line, text AS value, NULL AS other
FROM field
WHERE length(text) > 500
