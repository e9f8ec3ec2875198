-- One row per table, rule and field of the last delivery of each area: districts, rows found.
-- Values and line numbers stay with the district that delivered: they may hold personal data.
SELECT
    "table" AS contract_table,
    rule,
    coalesce(field, '') AS field,
    severity,
    count(DISTINCT district) AS districts,
    sum("count") AS row_count,
    max(delivered_at) AS delivered_at
FROM findings
GROUP BY "table", rule, coalesce(field, ''), severity
ORDER BY contract_table, severity, rule, field
