-- One row per district and contradiction: rows that could contradict themselves, rows that do.
-- An outcome needs the date that belongs to it: the start, the referral, else the end. A case that
-- is closed contradicts itself while one of its needs has no outcome but `open`.
WITH found AS (
    SELECT
        district,
        'outcome_without_date' AS contradiction,
        count(*) AS expected,
        count(*) FILTER (
            WHERE CASE outcome
                WHEN 'started' THEN started_on
                WHEN 'referred' THEN coalesce(referred_on, started_on)
                WHEN 'broken_off' THEN coalesce(started_on, ended_on)
                ELSE ended_on
            END IS NULL
        ) AS found
    FROM referrals
    WHERE outcome <> 'open'
    GROUP BY district
    UNION ALL
    SELECT
        c.district,
        'closed_with_open_need',
        count(*),
        count(o.case_id)
    FROM cases AS c
    LEFT JOIN (
        SELECT DISTINCT
            district,
            case_id
        FROM referrals
        WHERE coalesce(outcome, 'open') = 'open' AND coalesce(referred_on, started_on) IS NULL
    ) AS o
        ON c.district = o.district AND c.case_id = o.case_id
    WHERE c.closed_on IS NOT NULL
    GROUP BY c.district
)

SELECT
    left(district, 5) AS district,
    contradiction,
    sum(expected)::BIGINT AS expected,
    sum(found)::BIGINT AS found
FROM found
GROUP BY left(district, 5), contradiction
ORDER BY contradiction, district
