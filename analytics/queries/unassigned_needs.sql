-- One row: how many needs of the window are of no known evaluation unit, as their municipality is
-- missing in a district with a model town.
SELECT
    count(*) AS needs,
    cell_key(record_key) AS needs_key
FROM chosen_needs('state', $start, $end, $chosen)
WHERE unit_group = $unassigned
