-- One row per district, table and reporting lag in days: rows that began at least half a year
-- before the data cut, so that slow entries are not left out because they have yet to arrive.
SELECT
    district,
    'cases' AS contract_table,
    reporting_lag_days AS days,
    count(*) AS row_count
FROM case_clock
WHERE opened_on < $as_of::DATE - 182 AND reporting_lag_days IS NOT NULL
GROUP BY district, reporting_lag_days
UNION ALL
SELECT
    district,
    'referrals',
    reporting_lag_days,
    count(*)
FROM referral_clock
WHERE need_on < $as_of::DATE - 182 AND reporting_lag_days IS NOT NULL
GROUP BY district, reporting_lag_days
ORDER BY contract_table, district, days
