-- One row per district: all rows begin in one year, where the previous delivery had several.
WITH now AS (
    SELECT district, min(year(begun)) AS first_year, max(year(begun)) AS last_year
    FROM taken
    GROUP BY district
),

earlier AS (
    SELECT district, min(year(begun)) AS first_year, max(year(begun)) AS last_year
    FROM previous
    GROUP BY district
)

SELECT
    NULL AS line,
    'begun' AS field,
    now.district AS value,
    earlier.first_year || '–' || earlier.last_year || ' → ' || now.first_year AS other
FROM now
INNER JOIN earlier ON now.district = earlier.district
WHERE now.first_year = now.last_year AND earlier.first_year < earlier.last_year
