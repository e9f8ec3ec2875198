-- One row per district that a model town is part of: needs in the window whose municipality is known,
-- and how many of them are the town's.
SELECT
    district,
    count(*) AS needs,
    count(*) FILTER (WHERE unit_group = 'model') AS of_town
FROM chosen_needs('state', $start, $end, $chosen)
WHERE unit_group <> 'unassigned'
    AND list_contains($districts, district)
GROUP BY district
ORDER BY district
