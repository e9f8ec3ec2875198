-- One row per offending row: municipality outside.
SELECT line, 'municipality' AS field, ags AS value, staged.district AS other
FROM staged INNER JOIN municipalities ON municipality = ags
WHERE staged.district <> municipalities.district
