-- One row per key and unit: how often the chosen thing happened, out of how many it could have.
WITH judged AS (
    SELECT
        code,
        quarter,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        CASE $indicator
            WHEN 'repeat_referral_share' THEN repeat_within_180
            WHEN 'binding_handover_share'
                THEN CASE WHEN referral_event = 1 THEN binding_handover END
            -- A need of 180 days before the cut may be open on its 180th day; whether it was
            -- still open after it is not known yet.
            WHEN 'open_over_180d_share'
                THEN CASE
                    WHEN need_on < $as_of::DATE - 180 AND is_end_recorded
                        THEN days_to_referral > 180
                END
            ELSE error(concat('indicator without an arm: ', $indicator))
        END AS happened
    FROM chosen_needs(
        $by, $start, $end, $offer_areas, $groups, $without_group, $districts, $providers,
        $legal_regimes
    )
),

counted AS (
    SELECT
        code,
        quarter,
        unit_of_key,
        count(*) FILTER (WHERE happened) AS events,
        count(happened) AS trials
    FROM judged
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    unit_of_key AS unit,
    events,
    trials
FROM counted
ORDER BY key, unit
