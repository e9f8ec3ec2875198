-- One row per district, table and optional field: rows that should fill the field, rows that do.
SELECT
    district,
    contract_table,
    row_count,
    field,
    expected::BIGINT AS expected,
    filled::BIGINT AS filled
FROM field_counts(false)
ORDER BY contract_table, district, field
