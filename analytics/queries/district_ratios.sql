-- One row per district: numerator and denominator of an indicator of volumes, posts or money.
-- NULL where nothing was reported; a district that reports cases, but none in the window, has 0.
-- KIM units carry an AGS whose first five digits are the district's, so Stadt Aachen counts into
-- Städteregion Aachen. Rates are a year's: residents count once for each year of the period; for
-- money, for each calendar year in which any unit was granted some.
WITH granted AS (
    SELECT
        left(unit, 5) AS district,
        year,
        amount_eur
    FROM funding
    WHERE unit <> '05'
        AND status = 'granted'
        AND year BETWEEN year($start::DATE) AND year($end::DATE - 1)
),

span AS (
    SELECT CASE
        WHEN $indicator = 'cases_per_1000_foreign'
            THEN date_diff('day', $start::DATE, $end::DATE) / 365.25
        ELSE (SELECT count(DISTINCT year) FROM granted)
    END AS years
),

foreign_population AS (
    SELECT
        district,
        arg_max(foreign_population, reference_date) AS residents,
        arg_max(population, reference_date) AS everybody
    FROM population
    WHERE series = 'population_update'
        AND reference_date < $end
        AND foreign_population IS NOT NULL
    GROUP BY district
),

numerators AS (
    SELECT
        district,
        (count(*) FILTER (WHERE opened_on >= $start AND opened_on < $end))::DOUBLE AS numerator,
        cell_key(CASE WHEN opened_on >= $start AND opened_on < $end THEN record_key END) AS numerator_key
    FROM case_clock
    WHERE $indicator = 'cases_per_1000_foreign'
    GROUP BY district
    UNION ALL
    SELECT
        district,
        -- Where it is not recorded when cases close, nobody knows which of them run.
        CASE
            WHEN bool_and(is_open IS NOT NULL)
                THEN count(*) FILTER (WHERE opened_on < $end AND (is_open OR closed_on >= $end))
        END::DOUBLE,
        cell_key(
            CASE WHEN opened_on < $end AND (is_open OR closed_on >= $end) THEN record_key END
        )
    FROM case_clock
    WHERE $indicator = 'cases_per_fte'
    GROUP BY district
    UNION ALL
    SELECT
        left(unit, 5),
        sum(fte_filled),
        NULL
    FROM posts
    WHERE $indicator = 'posts_filled_share'
        AND quarter = date_trunc('quarter', $end::DATE - 1)
    GROUP BY left(unit, 5)
    UNION ALL
    SELECT
        left(unit, 5),
        (count(*) FILTER (WHERE milestone = 'started' AND reached_on < $end))::DOUBLE,
        NULL
    FROM rollout
    WHERE $indicator = 'modules_started'
    GROUP BY left(unit, 5)
    UNION ALL
    SELECT
        district,
        sum(amount_eur),
        NULL
    FROM granted
    WHERE $indicator = 'funding_per_1000_foreign'
    GROUP BY district
    UNION ALL
    SELECT
        district,
        residents,
        NULL
    FROM foreign_population
    WHERE $indicator = 'foreign_share'
),

denominators AS (
    SELECT
        district,
        residents::DOUBLE * years AS denominator
    FROM foreign_population, span
    WHERE $indicator IN ('cases_per_1000_foreign', 'funding_per_1000_foreign')
    UNION ALL
    SELECT
        district,
        everybody
    FROM foreign_population
    WHERE $indicator = 'foreign_share'
    UNION ALL
    SELECT
        left(unit, 5),
        CASE
            WHEN $indicator = 'cases_per_fte'
                THEN sum(fte_filled) FILTER (WHERE module = 'case_management')
            -- Where it is not reported how many are filled, the posts say nothing of their share.
            ELSE sum(fte_funded) FILTER (WHERE fte_filled IS NOT NULL)
        END
    FROM posts
    WHERE $indicator IN ('cases_per_fte', 'posts_filled_share')
        AND quarter = date_trunc('quarter', $end::DATE - 1)
    GROUP BY left(unit, 5)
    UNION ALL
    SELECT
        left(unit, 5),
        count(DISTINCT unit)
    FROM rollout
    WHERE $indicator = 'modules_started'
    GROUP BY left(unit, 5)
    UNION ALL
    -- An indicator without an arm has no rows either: that would read as "nothing reported".
    SELECT
        error(concat('indicator without an arm: ', $indicator))::VARCHAR,
        NULL
    WHERE coalesce($indicator, '') NOT IN (
        'cases_per_1000_foreign', 'cases_per_fte', 'foreign_share', 'funding_per_1000_foreign',
        'modules_started', 'posts_filled_share'
    )
)

SELECT
    district,
    numerator,
    denominator,
    numerator_key
FROM denominators
LEFT JOIN numerators USING (district)
WHERE ($districts IS NULL OR list_contains($districts, district))
ORDER BY district
