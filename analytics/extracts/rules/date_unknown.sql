-- One row per cell: something happened, nobody knows when.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'date_unknown')
