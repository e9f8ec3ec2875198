-- One row per district and quarter: filled full-time posts of a module, over its KIM units.
SELECT
    left(unit, 5) AS district,
    quarter,
    sum(fte_filled) AS filled
FROM posts
WHERE module = $module
    AND quarter <= $as_of
    AND fte_filled IS NOT NULL
GROUP BY left(unit, 5), quarter
ORDER BY district, quarter
