-- One row per kind of body and unit: cases whose way led there within a year of the first hand-over, and
-- those of them that it led there more than once.
WITH met AS (
    SELECT
        unnest(way_met) AS body,
        way_loops,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit,
        record_key
    FROM chosen_needs('state', $start, $end, $chosen, $without_group)
    WHERE way_bodies IS NOT NULL
)

SELECT
    body AS key,
    unit,
    count(*) FILTER (WHERE list_contains(way_loops, body)) AS events,
    count(*) AS trials,
    cell_key(CASE WHEN list_contains(way_loops, body) THEN record_key END) AS events_key,
    cell_key(record_key) AS trials_key
FROM met
GROUP BY ALL
ORDER BY key, unit
