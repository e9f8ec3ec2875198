-- One row per KIM unit and milestone of a module that the unit reported: when planned, when reached.
SELECT
    unit,
    milestone,
    min(planned_on) AS planned_on,
    min(reached_on) FILTER (WHERE reached_on <= $as_of) AS reached_on
FROM rollout
WHERE module = $module
GROUP BY unit, milestone
ORDER BY unit, milestone
