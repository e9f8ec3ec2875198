-- One row: a district's latest official population, and when its KIM units started module 2.
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
    ) AS foreign_share,
    (
        SELECT min(reached_on) FROM rollout
        WHERE left(unit, 5) = $district
            AND module = $module AND milestone = 'started' AND reached_on <= $as_of
    ) AS started_on
