-- One row per key, group, day and event of the chosen clock: needs recorded in the window.
-- Millions of needs become some thousand counts; the estimators take it from there. Clocks that do
-- not run because the sender does not record what stops them have no days and are left out.
WITH counted AS (
    SELECT
        code,
        quarter,
        CASE WHEN $split_by_group THEN unit_group ELSE '' END AS series,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event,
        count(*) AS needs
    FROM chosen_needs(
        $by, $start, $end, $offer_areas, $groups, $without_group, $districts, $providers,
        $legal_regimes
    )
    WHERE is_end_recorded OR NOT $needs_ends
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    days,
    event,
    needs
FROM counted
WHERE days IS NOT NULL
ORDER BY key, series, days, event
