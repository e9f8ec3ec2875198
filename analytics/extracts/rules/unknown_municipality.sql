-- One row per offending row: unknown municipality.
SELECT line, 'municipality' AS field, municipality AS value, NULL AS other
FROM staged
WHERE municipality NOT IN (SELECT ags FROM municipalities)
