-- One row per district: when the first of its KIM units reported the start of the module.
SELECT
    left(unit, 5) AS district,
    min(reached_on) AS started_on
FROM rollout
WHERE module = $module
    AND milestone = 'started'
    AND reached_on <= $as_of
GROUP BY left(unit, 5)
ORDER BY district
