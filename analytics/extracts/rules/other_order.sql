-- One row per cell: a date that breaks the order of its column.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'other_order')
