-- One row per district: needs recorded in the window that an indicator rests on, those of them of
-- which an outcome is known, the cases that they belong to, and the sums that tell how alike the needs
-- of one case are. The outcome is a number a need: whether something happened, whether the chosen clock
-- stopped within $day days, or its days.
WITH clocked AS (
    SELECT
        *,
        clock_days(
            $clock, days_to_referral, days_to_start, days_referral_to_start, days_contact_to_need
        ) AS days,
        clock_event($clock, referral_event, start_event, start_after_referral_event) AS event
    FROM chosen_needs('district', $start, $end)
    WHERE is_end_recorded OR NOT $needs_ends
),

judged AS (
    SELECT
        district,
        case_hash,
        CASE $method
            WHEN 'proportion'
                THEN has_happened(
                    $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral,
                    referral_event, binding_handover, repeat_within_180, is_under_agreement
                )::INTEGER
            WHEN 'cumulative_incidence'
                THEN CASE WHEN event > 0 OR days >= $day THEN event = 1 AND days <= $day END::INTEGER
            -- Other ends are censored here, so a need that ended otherwise before tells nothing.
            WHEN 'survival_median'
                THEN CASE WHEN event = 1 OR days >= $day THEN event = 1 AND days <= $day END::INTEGER
            WHEN 'restricted_mean'
                THEN CASE WHEN event = 1 OR days >= $day THEN least(days, $day) END
            WHEN 'median' THEN (reporting_lag_days <= $day)::INTEGER
            ELSE error(concat('unknown method: ', $method))
        END::DOUBLE AS outcome,
        days
    FROM clocked
),

of_cases AS (
    SELECT
        district,
        count(*) AS counted,
        count(outcome) AS needs,
        sum(outcome) AS total,
        sum(outcome * outcome) AS squares
    FROM judged
    -- A need that was censored before tells part of a curve, but has no outcome of its own.
    WHERE outcome IS NOT NULL OR ($is_timed AND days IS NOT NULL)
    GROUP BY district, case_hash
)

SELECT
    district,
    sum(counted) AS counted,
    sum(counted * counted) AS counted_squares,
    count(*) FILTER (WHERE needs > 0) AS cases,
    sum(needs) AS needs,
    sum(needs * needs) AS needs_squares,
    coalesce(sum(total), 0) AS total,
    coalesce(sum(squares), 0) AS squares,
    -- In whole millionths, as sums of fractions would depend on their order.
    coalesce(sum(round(1e6 * total * total / nullif(needs, 0))::HUGEINT), 0)::DOUBLE / 1e6
        AS between_squares
FROM of_cases
GROUP BY district
ORDER BY district
