-- One row per way, step and days since the step before it: cases by how long the second to fifth
-- hand-over came after the one before it, within a year of the first. With $ways only these ways
-- are told, each by itself; else all of them together, their key being empty.
WITH gaps AS (
    SELECT
        CASE WHEN $ways IS NULL THEN '' ELSE way END AS key,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit,
        generate_subscripts(way_days, 1) + 1 AS step,
        unnest(way_days) AS days,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen, $without_group)
    WHERE way IS NOT NULL AND ($ways IS NULL OR list_contains($ways, way))
)

SELECT
    key,
    step::VARCHAR AS series,
    unit,
    gathered_days($coarse, days) AS days,
    1 AS event,
    count(*) AS needs,
    cell_key(record_key) AS needs_key
FROM gaps
GROUP BY ALL
ORDER BY key, series, unit, days
