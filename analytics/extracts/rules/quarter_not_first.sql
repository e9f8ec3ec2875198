-- One row per offending row: quarter not first.
SELECT line, 'quarter' AS field, quarter::VARCHAR AS value, NULL AS other
FROM staged
WHERE quarter <> date_trunc('quarter', quarter)
