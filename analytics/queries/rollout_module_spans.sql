-- One row per KIM unit and number of modules running: from the start of one to that of the next.
WITH started AS (
    SELECT unit, module, min(reached_on) AS began
    FROM rollout
    WHERE milestone = 'started' AND reached_on <= $as_of
    GROUP BY unit, module
),

counted AS (
    SELECT
        unit,
        row_number() OVER (PARTITION BY unit ORDER BY began, module) AS running,
        began,
        coalesce(lead(began) OVER (PARTITION BY unit ORDER BY began, module), $as_of::DATE) AS ended
    FROM started
)

SELECT unit, 'running_' || running AS kind, began, ended
FROM counted
-- Modules that started on the same day are one span, that of the higher number.
WHERE ended > began OR ended = $as_of::DATE
ORDER BY unit, running
