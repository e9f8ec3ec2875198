-- One row: a district's latest official population.
SELECT
    (SELECT max(reference_date) FROM population WHERE district = $district AND series = $series)
        AS reference_date,
    (
        SELECT arg_max(population, reference_date) FROM population
        WHERE district = $district AND series = $series AND population IS NOT NULL
    ) AS residents,
    (
        SELECT arg_max(foreign_share, reference_date) FROM population
        WHERE district = $district AND series = $series AND foreign_share IS NOT NULL
    ) AS foreign_share
