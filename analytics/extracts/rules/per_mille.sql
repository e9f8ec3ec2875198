-- One row per cell: a share in per mille.
SELECT line, text AS value, NULL AS other
FROM field
WHERE says(note, 'per_mille')
