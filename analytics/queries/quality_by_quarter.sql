-- One row per district, quarter and measure: rows that should have the entry, rows that have it.
-- The measure `prompt` are needs entered within $prompt_days days, `contradiction.` rows that could
-- contradict themselves and rows that do, all others fields of tables.
WITH contradicted AS (
    SELECT
        c.district,
        'contradiction.closed_with_open_need' AS measure,
        c.opened_on AS day,
        o.case_id IS NOT NULL AS found
    FROM cases AS c
    LEFT JOIN (
        SELECT DISTINCT
            district,
            case_id
        FROM referrals
        WHERE
            need_referred_on(referred_on, started_on) IS NULL
            AND need_ended_on(outcome, ended_on) IS NULL
    ) AS o
        ON c.district = o.district AND c.case_id = o.case_id
    WHERE c.closed_on IS NOT NULL
    UNION ALL
    -- An outcome needs the date that belongs to it: the start, the referral, else the end.
    SELECT
        district,
        'contradiction.outcome_without_date',
        need_recorded_on,
        CASE outcome
            WHEN 'started' THEN started_on
            WHEN 'referred' THEN coalesce(referred_on, started_on)
            WHEN 'broken_off' THEN coalesce(started_on, ended_on)
            ELSE ended_on
        END IS NULL
    FROM referrals
    WHERE outcome <> 'open'
    UNION ALL
    SELECT
        district,
        'contradiction.start_without_referral',
        need_recorded_on,
        referred_on IS NULL
    FROM referrals
    WHERE started_on IS NOT NULL
),

counted AS (
    SELECT
        district,
        quarter,
        contract_table || '.' || field AS measure,
        expected,
        filled
    FROM field_counts(true)
    UNION ALL BY NAME
    SELECT
        district,
        need_quarter AS quarter,
        'prompt' AS measure,
        count(reporting_lag_days) AS expected,
        count(*) FILTER (WHERE reporting_lag_days <= $prompt_days) AS filled
    FROM referral_clock
    GROUP BY district, quarter
    UNION ALL BY NAME
    SELECT
        district,
        date_trunc('quarter', day)::DATE AS quarter,
        measure,
        count(*) AS expected,
        count(*) FILTER (WHERE found) AS filled
    FROM contradicted
    GROUP BY district, quarter, measure
)

-- A KIM unit delivers under a key of its own; it belongs to the district of the first five digits.
SELECT
    left(district, 5) AS district,
    quarter,
    measure,
    sum(expected)::BIGINT AS expected,
    sum(filled)::BIGINT AS filled
FROM counted
GROUP BY left(district, 5), quarter, measure
ORDER BY measure, district, quarter
