-- One row per district: less than half as many rows as in the previous delivery, which it replaces.
SELECT
    NULL AS line,
    'district' AS field,
    earlier.district AS value,
    earlier.n || ' → ' || now.n AS other
FROM
    (SELECT district, count(*) AS n FROM taken GROUP BY district) AS now
    INNER JOIN (SELECT district, count(*) AS n FROM previous GROUP BY district) AS earlier
        ON now.district = earlier.district
WHERE earlier.n >= 20 AND 2 * now.n < earlier.n
