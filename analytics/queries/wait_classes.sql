-- One row per unit, quarter of need, receiving body, whether an appointment bound the hand-over, day and
-- event of the clock until the start: needs recorded in the window, of evaluation units or of whole
-- districts. A need that is not handed over within $limit days has no body (NULL). Whatever happens after
-- day $limit counts as still waiting on that day; of the days until then those before the hand-over are
-- summed. Needs are left out where referrals, starts or ends are not recorded.
WITH waited AS (
    SELECT
        CASE WHEN $whole_districts THEN district ELSE unit END AS unit_of_key,
        need_quarter,
        receiving_body,
        binding_handover,
        least(days_to_start, $limit)::INTEGER AS days,
        CASE WHEN days_to_start <= $limit THEN start_event ELSE 0 END::INTEGER AS event,
        least(days_to_referral, days_to_start, $limit)::INTEGER AS until_handover,
        (referral_event = 1 AND days_to_referral <= $limit)
        OR (start_event = 1 AND days_to_start <= $limit) AS is_handed,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen)
    WHERE
        days_to_start IS NOT NULL
        AND days_to_referral IS NOT NULL
        AND is_end_recorded
        AND ($whole_districts OR unit_group <> 'unassigned')
)

SELECT
    unit_of_key AS unit,
    need_quarter AS quarter,
    is_handed,
    CASE WHEN is_handed THEN coalesce(receiving_body, 'unknown') END AS receiving_body,
    CASE WHEN is_handed THEN binding_handover END AS is_bound,
    days,
    event,
    count(*) AS needs,
    sum(until_handover)::BIGINT AS before,
    cell_key(record_key) AS needs_key
FROM waited
GROUP BY ALL
ORDER BY ALL
