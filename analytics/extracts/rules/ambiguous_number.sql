-- One row per cell: ambiguous number.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'ambiguous_number')
