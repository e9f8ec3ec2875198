-- One row per delivered district key and municipality (NULL: not recorded): its evaluation unit.
-- A KIM unit that delivers under its own key (a town apart from its district) is known by that key
-- too; its cases lie in the town even when the delivery leaves the municipality empty.
CREATE TABLE units AS
SELECT
    district AS district_key,
    municipality AS municipality_key,
    district,
    municipality,
    unit,
    unit_group
FROM assignments
UNION ALL
SELECT
    k.kim_unit AS district_key,
    a.municipality AS municipality_key,
    a.district,
    coalesce(a.municipality, town.municipality) AS municipality,
    CASE WHEN a.municipality IS NULL THEN town.unit ELSE a.unit END AS unit,
    CASE WHEN a.municipality IS NULL THEN town.unit_group ELSE a.unit_group END AS unit_group
FROM kim_units AS k
INNER JOIN assignments AS a ON k.district = a.district
INNER JOIN assignments AS town ON k.kim_unit = town.municipality
