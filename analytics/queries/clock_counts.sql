-- One row per key, group, day and event of the chosen clock: needs recorded in the window.
-- Millions of needs become some thousand counts; the estimators take it from there.
WITH counted AS (
    SELECT
        CASE $by
            WHEN 'group' THEN unit_group
            WHEN 'district' THEN district
            WHEN 'unit' THEN unit
            WHEN 'offer_area' THEN offer_area
            WHEN 'provider' THEN coalesce(provider, 'unknown')
            WHEN 'legal_regime' THEN legal_regime
            ELSE ''
        END AS code,
        -- A date is cheaper to group by than its text, so the cast waits until after counting.
        CASE WHEN $by = 'quarter' THEN need_quarter END AS quarter,
        CASE WHEN $split_by_group THEN unit_group ELSE '' END AS unit_group,
        CASE $clock
            WHEN 'referral' THEN days_to_referral
            WHEN 'start' THEN days_to_start
            WHEN 'start_after_referral' THEN days_referral_to_start
            WHEN 'contact_to_need' THEN days_contact_to_need
        END AS elapsed,
        CASE $clock
            WHEN 'referral' THEN referral_event
            WHEN 'start' THEN start_event
            WHEN 'start_after_referral' THEN start_after_referral_event
            WHEN 'contact_to_need' THEN 1
        END AS outcome,
        count(*) AS needs
    FROM referral_clock
    WHERE need_on >= $start
        AND need_on < $end
        AND ($offer_areas IS NULL OR list_contains($offer_areas, offer_area))
        AND ($groups IS NULL OR list_contains($groups, unit_group))
        AND ($districts IS NULL OR list_contains($districts, district))
        AND ($providers IS NULL OR list_contains($providers, provider))
        AND ($legal_regimes IS NULL OR list_contains($legal_regimes, legal_regime))
    GROUP BY ALL
)
SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    unit_group AS series,
    elapsed AS days,
    outcome AS event,
    needs
FROM counted
WHERE elapsed IS NOT NULL
ORDER BY key, series, days, event
