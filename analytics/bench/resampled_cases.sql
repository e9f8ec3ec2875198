-- One row per copy of a demonstration case; copies keep everything but their pseudonym.
SELECT
    cases.* REPLACE (case_id || '-' || copy AS case_id)
FROM cases
CROSS JOIN range($copies) AS copies (copy)
