-- One row per key and group: how often the chosen thing happened, out of how many it could have.
WITH judged AS (
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
        CASE $indicator
            WHEN 'repeat_referral_share' THEN repeat_within_180
            WHEN 'binding_handover_share'
                THEN CASE WHEN referral_event = 1 THEN binding_handover END
            -- A need of 180 days before the cut may be open on its 180th day; whether it was
            -- still open after it is not known yet.
            WHEN 'open_over_180d_share'
                THEN CASE WHEN need_on < $as_of::DATE - 180 THEN days_to_referral > 180 END
        END AS happened
    FROM referral_clock
    WHERE need_on >= $start
        AND need_on < $end
        AND ($offer_areas IS NULL OR list_contains($offer_areas, offer_area))
        AND ($groups IS NULL OR list_contains($groups, unit_group))
        AND ($districts IS NULL OR list_contains($districts, district))
        AND ($providers IS NULL OR list_contains($providers, provider))
        AND ($legal_regimes IS NULL OR list_contains($legal_regimes, legal_regime))
),

counted AS (
    SELECT
        code,
        quarter,
        count(*) FILTER (WHERE happened) AS events,
        count(happened) AS trials
    FROM judged
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    events,
    trials
FROM counted
ORDER BY key
