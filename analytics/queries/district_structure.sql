-- One row per district: official population and share of foreign residents on the last known day
-- until $on, and that share on the last known day until $before.
SELECT
    district,
    arg_max(population, reference_date) AS population,
    arg_max(foreign_share, reference_date) AS foreign_share,
    arg_max(foreign_share, reference_date) FILTER (WHERE reference_date <= $before)
        AS earlier_share,
    max(reference_date) AS reference_date
FROM population
WHERE series = 'population_update'
    AND reference_date <= $on
    AND population IS NOT NULL
    AND foreign_share IS NOT NULL
GROUP BY district
ORDER BY district
