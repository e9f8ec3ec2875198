-- One row per district, quarter and measure: rows that should have the entry, rows that have it.
-- The measure `prompt` are needs entered within $prompt_days days, `contradiction.` rows that could
-- contradict themselves and rows that do, all others fields of tables. Dates that a district does not
-- record contradict nothing: what would need them is left out for it.
WITH recorded AS (
    SELECT
        district,
        bool_and(referral_event IS NOT NULL) AS referrals,
        bool_and(start_event IS NOT NULL) AS starts,
        bool_and(is_end_recorded) AS ends
    FROM referral_clock
    GROUP BY district
),

contradicted AS (
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
    LEFT JOIN recorded AS r ON left(c.district, 5) = r.district
    WHERE c.closed_on IS NOT NULL AND coalesce(r.referrals AND r.ends, TRUE)
    UNION ALL
    -- An outcome needs the date that belongs to it: the start, the referral, else the end.
    SELECT
        n.district,
        'contradiction.outcome_without_date',
        n.need_recorded_on,
        CASE n.outcome
            WHEN 'started' THEN n.started_on
            WHEN 'referred' THEN coalesce(n.referred_on, n.started_on)
            WHEN 'broken_off' THEN coalesce(n.started_on, n.ended_on)
            ELSE n.ended_on
        END IS NULL
    FROM referrals AS n
    INNER JOIN recorded AS r ON left(n.district, 5) = r.district
    WHERE
        n.outcome <> 'open'
        AND CASE n.outcome
            WHEN 'started' THEN r.starts
            WHEN 'referred' THEN r.referrals
            WHEN 'broken_off' THEN r.starts AND r.ends
            ELSE r.ends
        END
    UNION ALL
    SELECT
        n.district,
        'contradiction.start_without_referral',
        n.need_recorded_on,
        n.referred_on IS NULL
    FROM referrals AS n
    INNER JOIN recorded AS r ON left(n.district, 5) = r.district
    WHERE n.started_on IS NOT NULL AND r.referrals
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
