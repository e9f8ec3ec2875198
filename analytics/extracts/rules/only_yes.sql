-- One row per district: a yes/no column says yes at least five times and never no.
SELECT
    NULL AS line,
    'binding_handover' AS field,
    district AS value,
    count(binding_handover)::VARCHAR AS other
FROM taken
GROUP BY district
HAVING
    count(binding_handover) >= 5
    AND bool_and(binding_handover)
    -- With few marks and no gap among them, everybody may well have been handed over.
    AND (
        count(binding_handover) >= 20
        OR count(*) FILTER (WHERE binding_handover IS NULL AND referred_on IS NOT NULL) > 0
    )
