-- One row per number of bodies, five and more together, and unit: cases by how many kinds of bodies they
-- were handed over to within a year of their first hand-over, which is the need that counts here.
SELECT
    least(way_bodies, 5)::VARCHAR AS key,
    CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit,
    count(*) AS cases,
    cell_key(record_key) AS cases_key
FROM chosen_needs('state', $start, $end, $chosen, $without_group)
WHERE way_bodies IS NOT NULL
GROUP BY ALL
ORDER BY key, unit
