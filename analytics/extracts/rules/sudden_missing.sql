-- At most one row: the share of missing values rose by more than 20 points.
SELECT
    NULL AS line,
    format('{:.0f} % → {:.0f} %', 100 * earlier.missing, 100 * now.missing) AS value,
    NULL AS other
FROM
    (SELECT count(*) AS n, avg((value IS NULL)::INTEGER) AS missing FROM field) AS now,
    (SELECT count(*) AS n, avg((value IS NULL)::INTEGER) AS missing FROM previous_field) AS earlier
WHERE now.n >= 20 AND earlier.n >= 20 AND now.missing > earlier.missing + 0.2
