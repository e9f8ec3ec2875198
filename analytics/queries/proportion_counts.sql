-- One row per key, code of a second dimension and unit: how often the chosen thing happened, out of how many it could have.
WITH judged AS (
    SELECT
        code,
        quarter,
        across_code AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        has_happened(
            $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral, referral_event,
            binding_handover, repeat_within_180, is_under_agreement
        ) AS happened,
        record_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group, across := $across)
),

counted AS (
    SELECT
        code,
        quarter,
        series,
        unit_of_key,
        count(*) FILTER (WHERE happened) AS events,
        count(happened) AS trials,
        cell_key(CASE WHEN happened THEN record_key END) AS events_key,
        cell_key(CASE WHEN happened IS NOT NULL THEN record_key END) AS trials_key
    FROM judged
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    unit_of_key AS unit,
    events,
    trials,
    events_key,
    trials_key
FROM counted
ORDER BY key, series, unit
