-- One row per lag in days: needs old enough that a full year of late entries has been seen.
SELECT
    reporting_lag_days AS days,
    count(*) AS needs
FROM referral_clock
WHERE need_on >= $as_of::DATE - 1095
    AND need_on < $as_of::DATE - 365
    AND reporting_lag_days BETWEEN 0 AND 365
GROUP BY days
ORDER BY days
