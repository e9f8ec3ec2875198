-- One row per documented break in comparability, by district, in time.
SELECT
    left(district, 5) AS district,
    "table" AS contract_table,
    "column" AS field,
    valid_from,
    valid_to,
    kind,
    note
FROM comparability
ORDER BY district, valid_from, contract_table, field
