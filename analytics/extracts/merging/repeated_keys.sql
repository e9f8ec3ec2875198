-- One row: delivered rows whose key another delivered row has, or a row of another sender.
WITH delivered AS (
    SELECT
        row_key,
        count(*) AS row_count
    FROM sent
    WHERE is_delivered
    GROUP BY row_key
)

SELECT
    (SELECT coalesce(sum(row_count - 1), 0) FROM delivered) AS among_delivered,
    (
        SELECT count(*)
        FROM merged AS m
        SEMI JOIN delivered AS d ON m.row_key = d.row_key
        WHERE NOT m.is_delivered
    ) AS among_kept
