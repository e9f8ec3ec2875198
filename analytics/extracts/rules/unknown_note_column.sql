-- One row per offending row: unknown note column.
SELECT line, 'column' AS field, staged."column" AS value, staged."table" AS other
FROM staged ANTI JOIN contract_columns
    ON staged."table" = contract_columns.table_name AND staged."column" = contract_columns.column_name
WHERE staged."column" IS NOT NULL AND staged."table" IS NOT NULL
