-- One row per offer area, receiving body, unit, year of need, whether an appointment bound the hand-over
-- (NULL: not documented), day and event: needs that were handed over to a known kind of body and have been
-- followed for $limit days since. Days are those from the referral; whatever happens after day $limit
-- counts as still waiting on that day. Where ends are not recorded, needs that ended would seem to wait on.
WITH handed AS (
    SELECT
        offer_area,
        receiving_body,
        unit,
        year(need_on)::INTEGER AS need_year,
        binding_handover,
        least(days_referral_to_start, $limit)::INTEGER AS days,
        CASE WHEN days_referral_to_start <= $limit THEN start_after_referral_event ELSE 0 END::INTEGER
            AS event,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen, $without_group)
    WHERE
        referral_event = 1
        AND receiving_body IS NOT NULL
        AND days_referral_to_start IS NOT NULL
        AND is_end_recorded
        AND need_on + days_to_referral + $limit::INTEGER <= $as_of::DATE
)

SELECT
    offer_area,
    receiving_body,
    unit,
    need_year,
    binding_handover AS is_bound,
    days,
    event,
    count(*) AS needs,
    cell_key(record_key) AS needs_key
FROM handed
GROUP BY ALL
ORDER BY ALL
