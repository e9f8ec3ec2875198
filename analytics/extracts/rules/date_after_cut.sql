-- One row per cell: date after cut.
SELECT line, text AS value, terms.as_of::VARCHAR AS other
FROM field CROSS JOIN terms
WHERE field.value > terms.as_of
