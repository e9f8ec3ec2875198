-- One row per key, code of a second dimension, unit, day and event of the chosen clock: needs recorded in the window.
-- Millions of needs become some thousand counts; the estimators take it from there. Clocks that do
-- not run because the sender does not record what stops them have no days and are left out.
-- Whatever happens after day $until counts as still waiting on that day. Where $settled, everybody was
-- followed until then: what happened counts on that day, too, as it does not matter on which.
WITH timed AS (
    SELECT
        code,
        quarter,
        across_code AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event,
        record_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group, across := $across)
    WHERE is_end_recorded OR NOT $needs_ends
),

counted AS (
    SELECT
        code,
        quarter,
        series,
        unit_of_key,
        told_day(
            CASE WHEN $settled OR days > $until THEN $until ELSE days END, $last_day, record_key
        ) AS days,
        CASE WHEN days > $until THEN 0 ELSE event END AS event,
        count(*) AS needs,
        cell_key(record_key) AS needs_key
    FROM timed
    WHERE days IS NOT NULL
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    unit_of_key AS unit,
    days,
    event,
    needs,
    needs_key
FROM counted
ORDER BY quarter, code, series, unit, days, event
