-- One row per cell: identifier name.
SELECT line, NULL AS value, NULL AS other
FROM field
WHERE is_name(text)
