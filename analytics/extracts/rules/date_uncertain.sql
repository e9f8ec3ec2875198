-- One row per cell: a day that is not meant exactly.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'date_uncertain')
