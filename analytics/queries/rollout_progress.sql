-- One row per month and milestone of a module: units that had reached it by the end of the month.
WITH reached AS (
    SELECT unit, milestone, min(reached_on) AS reached_on
    FROM rollout
    WHERE module = $module AND reached_on <= $as_of
    GROUP BY unit, milestone
),

months AS (
    SELECT unnest(generate_series(
        (SELECT date_trunc('month', min(reached_on)) FROM reached),
        date_trunc('month', $as_of::DATE),
        INTERVAL 1 MONTH
    ))::DATE AS month
),

milestones AS (
    SELECT DISTINCT milestone FROM reached
)

SELECT
    milestones.milestone,
    months.month,
    count(reached.unit) AS units
FROM months
CROSS JOIN milestones
LEFT JOIN reached
    ON reached.milestone = milestones.milestone
    AND reached.reached_on < months.month + INTERVAL 1 MONTH
GROUP BY milestones.milestone, months.month
ORDER BY milestones.milestone, months.month
