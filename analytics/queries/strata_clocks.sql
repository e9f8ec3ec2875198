-- One row per key, stratum, district, day and event of the chosen clock: needs
-- recorded in the window. Clocks that do not run are left out.
-- Whatever happens after day $until counts as still waiting on that day.
WITH timed AS (
    SELECT
        code,
        stratum_of(
            $strata, offer_area, legal_regime, residence_status, age_group, sex, access_path
        ) AS stratum,
        district AS unit_of_key,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event,
        record_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group)
    WHERE is_end_recorded OR NOT $needs_ends
),

counted AS (
    SELECT
        code,
        stratum,
        unit_of_key,
        told_day(CASE WHEN days > $until THEN $until ELSE days END, $last_day, record_key) AS days,
        CASE WHEN days > $until THEN 0 ELSE event END AS event,
        count(*) AS needs,
        cell_key(record_key) AS needs_key
    FROM timed
    WHERE days IS NOT NULL
    GROUP BY ALL
)

SELECT
    code AS key,
    stratum AS series,
    unit_of_key AS unit,
    days,
    event,
    needs,
    needs_key
FROM counted
ORDER BY ALL
