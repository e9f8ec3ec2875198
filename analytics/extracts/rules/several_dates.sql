-- One row per cell: several dates.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'several_dates')
