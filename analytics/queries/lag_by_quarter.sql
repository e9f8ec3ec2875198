-- One row per district and quarter of the need: needs whose date of entry is known, and the median
-- number of days to their entry. Without district: all of them; without quarter: the whole time.
SELECT
    left(district, 5) AS district,
    need_quarter AS quarter,
    count(*) AS needs,
    median(reporting_lag_days) AS days
FROM referral_clock
WHERE reporting_lag_days IS NOT NULL
GROUP BY GROUPING SETS (
    (left(district, 5), need_quarter), (left(district, 5)), (need_quarter), ()
)
ORDER BY district, quarter
