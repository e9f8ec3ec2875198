-- One row per cell: date far ahead.
SELECT line, text AS value, terms.as_of::VARCHAR AS other
FROM field CROSS JOIN terms
WHERE field.value > terms.as_of + INTERVAL 20 YEAR
