-- One row per cell: the error of a formula.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'formula_error')
