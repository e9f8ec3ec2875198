-- One row per offending row: unknown district.
SELECT line, 'district' AS field, district AS value, NULL AS other
FROM staged
WHERE district NOT IN (SELECT ags FROM districts)
