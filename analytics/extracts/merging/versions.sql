-- One row per row that is in force now and per delivered row, each with its key as one text.
CREATE VIEW versions AS
SELECT
    *,
    FALSE AS is_delivered
FROM current_rows
UNION ALL BY NAME
SELECT
    *,
    TRUE AS is_delivered
FROM delivered_rows
