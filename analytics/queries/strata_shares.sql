-- One row per key, stratum and district: needs recorded in the window of which it is
-- known whether what the indicator counts has happened, and to how many it has.
WITH judged AS (
    SELECT
        code,
        stratum_of(
            $strata, offer_area, legal_regime, residence_status, age_group, sex, access_path
        ) AS stratum,
        district AS unit_of_key,
        has_happened(
            $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral, referral_event,
            binding_handover, repeat_within_180, is_under_agreement
        ) AS has_happened,
        record_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group)
)

SELECT
    code AS key,
    stratum AS series,
    unit_of_key AS unit,
    count(*) FILTER (WHERE has_happened) AS events,
    cell_key(CASE WHEN has_happened THEN record_key END) AS events_key,
    count(*) AS trials,
    cell_key(record_key) AS trials_key
FROM judged
WHERE has_happened IS NOT NULL
GROUP BY code, stratum, unit_of_key
ORDER BY code, stratum, unit_of_key
