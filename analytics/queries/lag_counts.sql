-- One row per key and lag in days: needs recorded in the window whose date of entry is known.
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
        CASE WHEN $by = 'quarter' THEN need_quarter END AS quarter,
        reporting_lag_days AS days,
        count(*) AS needs
    FROM referral_clock
    WHERE need_on >= $start
        AND need_on < $end
        AND reporting_lag_days IS NOT NULL
        AND ($offer_areas IS NULL OR list_contains($offer_areas, offer_area))
        AND ($groups IS NULL OR list_contains($groups, unit_group))
        AND ($districts IS NULL OR list_contains($districts, district))
        AND ($providers IS NULL OR list_contains($providers, provider))
        AND ($legal_regimes IS NULL OR list_contains($legal_regimes, legal_regime))
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    days,
    needs
FROM counted
ORDER BY key, days
