-- One row per cell: zero restored.
SELECT line, text AS value, NULL AS other
FROM field
WHERE regexp_full_match(text, '5\d{3}(\d{3,4}|\d{7})?(\.0+)?')
