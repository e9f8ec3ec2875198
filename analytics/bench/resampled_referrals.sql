-- One row per copy of a demonstration need, belonging to the same copy of its case and as much earlier
-- (`resampled_cases.sql`). What followed the need comes up to two weeks later than it did, if all of
-- it still lies before the data cut.
WITH copied AS (
    SELECT
        referrals.*,
        copy,
        (least(copy, 1) * (hash(case_id, copy) % 28))::INTEGER AS earlier,
        (least(copy, 1) * (hash(referral_id, copy) % 15))::INTEGER AS delay,
        CASE
            WHEN greatest(referred_on, started_on, ended_on) - earlier + delay <= $as_of::DATE
                THEN delay - earlier
            ELSE -earlier
        END AS moved
    FROM referrals
    CROSS JOIN range($copies) AS copies (copy)
)

SELECT
    * EXCLUDE (copy, earlier, delay, moved) REPLACE (
        referral_id || '-' || copy AS referral_id,
        case_id || '-' || copy AS case_id,
        need_recorded_on - earlier AS need_recorded_on,
        referred_on + moved AS referred_on,
        started_on + moved AS started_on,
        ended_on + moved AS ended_on,
        recorded_on - earlier AS recorded_on
    )
FROM copied
