-- One row per kind of contradiction that the derived tables show, with the number of rows; none in
-- a sound snapshot.
WITH found AS (
    SELECT
        'clock_below_zero' AS contradiction,
        count(*) AS row_count
    FROM referral_clock
    WHERE
        least(days_to_referral, days_to_start, days_referral_to_start) < 0
        OR need_on > $as_of::DATE
    UNION ALL
    SELECT
        'closed_before_opened',
        count(*)
    FROM case_clock
    WHERE days_open < 0 OR opened_on > $as_of::DATE
    UNION ALL
    SELECT
        'process_below_zero',
        count(*)
    FROM process_clock
    WHERE days < 0 OR need_on > $as_of::DATE
    UNION ALL
    SELECT
        'referrals_without_clock',
        abs((SELECT count(*) FROM referrals) - (SELECT count(*) FROM referral_clock))
    UNION ALL
    SELECT
        'cases_without_clock',
        abs((SELECT count(*) FROM cases) - (SELECT count(*) FROM case_clock))
)
SELECT
    contradiction,
    row_count
FROM found
WHERE row_count > 0
ORDER BY contradiction
