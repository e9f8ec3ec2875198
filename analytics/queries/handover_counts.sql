-- One row per keeping office, receiving body and unit: needs that were handed over, and of how many of
-- them it is known whether an appointment bound it, whether there was no place, whether they came back.
WITH handed AS (
    SELECT
        coalesce(provider, 'unknown') AS provider,
        coalesce(receiving_body, 'unknown') AS receiving_body,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        binding_handover,
        no_place_within_180,
        return_within_180,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen, $without_group)
    WHERE referral_event = 1
)

SELECT
    provider AS key,
    receiving_body AS series,
    unit_of_key AS unit,
    count(*) AS needs,
    count(*) FILTER (WHERE binding_handover) AS bound,
    count(binding_handover) AS bound_known,
    count(*) FILTER (WHERE no_place_within_180) AS no_place,
    count(no_place_within_180) AS no_place_known,
    count(*) FILTER (WHERE return_within_180) AS returned,
    count(return_within_180) AS returned_known,
    cell_key(record_key) AS needs_key,
    cell_key(CASE WHEN binding_handover THEN record_key END) AS bound_key,
    cell_key(CASE WHEN binding_handover IS NOT NULL THEN record_key END) AS bound_known_key,
    cell_key(CASE WHEN no_place_within_180 THEN record_key END) AS no_place_key,
    cell_key(CASE WHEN no_place_within_180 IS NOT NULL THEN record_key END) AS no_place_known_key,
    cell_key(CASE WHEN return_within_180 THEN record_key END) AS returned_key,
    cell_key(CASE WHEN return_within_180 IS NOT NULL THEN record_key END) AS returned_known_key
FROM handed
GROUP BY provider, receiving_body, unit_of_key
ORDER BY provider, receiving_body, unit_of_key
