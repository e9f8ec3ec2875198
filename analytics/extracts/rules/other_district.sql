-- One row per offending row: other district; what is no district breaks another rule.
SELECT line, 'district' AS field, staged.district AS value, terms.district AS other
FROM staged CROSS JOIN terms
WHERE
    staged.district <> terms.district
    AND staged.district IN (SELECT ags FROM districts)
