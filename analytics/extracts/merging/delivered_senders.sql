-- One row per sender of the delivery: rows delivered.
SELECT
    sender,
    count(*) AS row_count
FROM sent
WHERE is_delivered
GROUP BY sender
ORDER BY sender
