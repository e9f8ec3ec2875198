-- One row per key, district, day and cause of the chosen clock: needs recorded in the window. The cause is
-- what stopped the clock: `reached` what it waits for, `open` nothing yet, else why the need ended.
-- Where a sender does not record ends, its needs are left out: they would seem to wait on.
-- Whatever happens after day $until counts as still open on that day.
WITH timed AS (
    SELECT
        code,
        district,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event,
        end_reason,
        record_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group)
    WHERE is_end_recorded
)

SELECT
    code AS key,
    district AS unit,
    CASE WHEN days > $until THEN $until ELSE days END AS days,
    CASE
        WHEN days > $until OR event = 0 THEN 'open'
        WHEN event = 1 THEN 'reached'
        ELSE end_reason
    END AS cause,
    count(*) AS needs,
    cell_key(record_key) AS needs_key
FROM timed
WHERE days IS NOT NULL
GROUP BY ALL
ORDER BY ALL
