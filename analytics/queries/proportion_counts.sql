-- One row per key and group: how often the chosen thing happened, out of how many it could have.
WITH judged AS (
    SELECT
        code,
        quarter,
        has_happened(
            $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral, referral_event,
            binding_handover, repeat_within_180
        ) AS happened
    FROM chosen_needs(
        $by, $start, $end, $offer_areas, $groups, $without_group, $districts, $providers,
        $legal_regimes
    )
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
