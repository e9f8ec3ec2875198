-- One row: the first and the last day on which a need was recorded; NULL in an empty snapshot.
SELECT
    min(need_on) AS first_day,
    max(need_on) AS last_day
FROM referral_clock
