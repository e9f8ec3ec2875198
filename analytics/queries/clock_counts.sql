-- One row per key, group, unit, day and event of the chosen clock: needs recorded in the window.
-- Millions of needs become some thousand counts; the estimators take it from there. Clocks that do
-- not run because the sender does not record what stops them have no days and are left out.
-- Whatever happens after day $until counts as still waiting on that day.
WITH timed AS (
    SELECT
        code,
        quarter,
        CASE WHEN $split_by_group THEN unit_group ELSE '' END AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        CASE $clock
            WHEN 'referral' THEN days_to_referral
            WHEN 'start' THEN days_to_start
            WHEN 'start_after_referral' THEN days_referral_to_start
            WHEN 'contact_to_need' THEN days_contact_to_need
            ELSE error(concat('unknown clock: ', $clock))
        END AS days,
        CASE $clock
            WHEN 'referral' THEN referral_event
            WHEN 'start' THEN start_event
            WHEN 'start_after_referral' THEN start_after_referral_event
            WHEN 'contact_to_need' THEN 1
            ELSE error(concat('unknown clock: ', $clock))
        END AS event
    FROM chosen_needs(
        $by, $start, $end, $offer_areas, $groups, $without_group, $districts, $providers,
        $legal_regimes
    )
    WHERE is_end_recorded OR NOT $needs_ends
),

counted AS (
    SELECT
        code,
        quarter,
        series,
        unit_of_key,
        CASE WHEN days > $until THEN $until ELSE days END AS days,
        CASE WHEN days > $until THEN 0 ELSE event END AS event,
        count(*) AS needs
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
    needs
FROM counted
ORDER BY quarter, code, series, unit, days, event
