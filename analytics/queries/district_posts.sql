-- One row per KIM unit of a district, or of the state where $district is NULL: full-time posts in
-- the latest quarter for which it reported both.
SELECT unit, quarter, sum(fte_funded) AS funded, sum(fte_filled) AS filled
FROM posts
WHERE
    ($district::VARCHAR IS NULL OR left(unit, 5) = $district)
    AND quarter <= $as_of
    AND fte_funded IS NOT NULL
    AND fte_filled IS NOT NULL
GROUP BY unit, quarter
QUALIFY quarter = max(quarter) OVER (PARTITION BY unit)
ORDER BY unit
