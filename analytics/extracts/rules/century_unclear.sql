-- One row per cell: a year of two digits whose century is unclear.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'century_unclear')
