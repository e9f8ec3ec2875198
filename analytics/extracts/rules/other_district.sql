-- One row per offending row: other district.
SELECT line, 'district' AS field, staged.district AS value, terms.district AS other
FROM staged CROSS JOIN terms
WHERE staged.district <> terms.district
