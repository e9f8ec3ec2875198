-- One row per KIM unit and milestone of a module reached: from that day to the next milestone.
-- Milestones in their official order; one that was reached later than its successor has no span.
WITH reached AS (
    SELECT
        unit,
        milestone,
        list_position(['applied', 'granted', 'started', 'fully_staffed'], milestone) AS step,
        min(reached_on) AS began
    FROM rollout
    WHERE module = $module AND reached_on <= $as_of
    GROUP BY unit, milestone
)

SELECT
    unit,
    milestone AS kind,
    began,
    coalesce(lead(began) OVER (PARTITION BY unit ORDER BY step), $as_of::DATE) AS ended
FROM reached
QUALIFY ended >= began
ORDER BY unit, step
