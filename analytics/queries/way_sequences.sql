-- One row per way and unit: cases by the bodies of their first five hand-overs within a year, in order.
-- With $ways only these ways are told apart.
SELECT
    way AS key,
    CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit,
    count(*) AS cases,
    cell_key(record_key) AS cases_key
FROM chosen_needs('state', $start, $end, $chosen, $without_group)
WHERE way IS NOT NULL AND ($ways IS NULL OR list_contains($ways, way))
GROUP BY ALL
ORDER BY key, unit
