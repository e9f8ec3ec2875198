-- One row per district: the number of rows more than doubled. That it fell is a question (rows_lost).
SELECT
    NULL AS line,
    'district' AS field,
    now.district AS value,
    earlier.n || ' → ' || now.n AS other
FROM
    (SELECT district, count(*) AS n FROM staged GROUP BY district) AS now
    INNER JOIN (SELECT district, count(*) AS n FROM previous GROUP BY district) AS earlier
        ON now.district = earlier.district
WHERE now.n >= 20 AND now.n > 2 * earlier.n
