-- One row per offending row: missing case.
SELECT staged.line, 'case_id' AS field, staged.case_id AS value, staged.district AS other
FROM staged ANTI JOIN cases
    ON staged.district = cases.district AND staged.case_id = cases.case_id
WHERE staged.case_id IS NOT NULL AND staged.district IS NOT NULL
