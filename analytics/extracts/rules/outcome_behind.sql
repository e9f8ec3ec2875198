-- One row per cell: an outcome that a later date has overtaken.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'outcome_behind')
