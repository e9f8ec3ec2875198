-- One row per key and unit: how often the chosen thing happened, out of how many it could have.
WITH judged AS (
    SELECT
        code,
        quarter,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        has_happened(
            $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral, referral_event,
            binding_handover, repeat_within_180
        ) AS happened
    FROM chosen_needs($by, $start, $end, $chosen, $without_group)
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
