-- One row per cell: a month or year without its day.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'day_missing')
