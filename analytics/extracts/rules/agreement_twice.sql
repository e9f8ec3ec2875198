-- One row per offending row: an agreement that stands above with its bodies the other way round.
SELECT line, 'second_body' AS field, first_body || ' | ' || second_body AS value, NULL AS other
FROM staged
QUALIFY
    first_body <> second_body
    AND first_body <> first_value(first_body) OVER (
        PARTITION BY
            unit, signed_on, least(first_body, second_body), greatest(first_body, second_body)
        ORDER BY line
    )
