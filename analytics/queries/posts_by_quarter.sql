-- One row per quarter: full-time posts funded and filled, over the units that reported both.
SELECT
    quarter,
    sum(fte_funded) AS funded,
    sum(fte_filled) AS filled,
    count(DISTINCT unit) AS units
FROM posts
WHERE
    quarter <= $as_of
    AND ($module IS NULL OR module = $module)
    AND fte_funded IS NOT NULL
    AND fte_filled IS NOT NULL
GROUP BY quarter
ORDER BY quarter
