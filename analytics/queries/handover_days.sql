-- One row per keeping office, receiving body, unit, day and event of the chosen clock: needs that were
-- handed over. Clocks that do not run have no days; where ends are not recorded, needs that ended
-- would seem to wait on, so they are left out: but for the referral, which all of these have had. Where only the spread between units is asked for, days
-- are gathered ($coarse): to a fortnight in the first year, then to a quarter of one. The rows are in no
-- order: sorting hundreds of thousands of them would cost a quarter of the time.
WITH timed AS (
    SELECT
        provider,
        receiving_body,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen, $without_group)
    WHERE referral_event = 1 AND (is_end_recorded OR $clock = 'referral')
),

-- What is not recorded is named afterwards: per group, not per need.
counted AS (
    SELECT
        provider,
        receiving_body,
        unit_of_key,
        gathered_days($coarse, days) AS days,
        event,
        count(*) AS needs,
        cell_key(record_key) AS needs_key
    FROM timed
    WHERE days IS NOT NULL
    GROUP BY ALL
)

SELECT
    coalesce(provider, 'unknown') AS key,
    coalesce(receiving_body, 'unknown') AS series,
    unit_of_key AS unit,
    days,
    event,
    needs,
    needs_key
FROM counted
