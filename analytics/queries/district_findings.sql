-- One row per district, table, rule and field of the last delivery of each area: rows found.
-- Values and line numbers stay with the district that delivered: they may hold personal data.
SELECT
    left(district, 5) AS district,
    "table" AS contract_table,
    rule,
    coalesce(field, '') AS field,
    severity,
    sum("count")::BIGINT AS row_count,
    max(delivered_at) AS delivered_at
FROM findings
WHERE district IS NOT NULL
GROUP BY left(district, 5), "table", rule, coalesce(field, ''), severity
ORDER BY district, contract_table, severity, rule, field
