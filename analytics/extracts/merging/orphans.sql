-- One row: rows in force whose case is not among the cases any more.
SELECT count(*) AS row_count
FROM rows_of_cases AS r
ANTI JOIN cases AS c ON r.district = c.district AND r.case_id = c.case_id
