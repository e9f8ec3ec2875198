-- One row per copy of a demonstration case. The first copy is the case itself; the others began up to
-- four weeks earlier, and have what people are from one case of their district and whom they came to
-- from another. So days and combinations of codes grow with the rows, as they would among people.
-- Cases are joined by one number each: by district and number, all of a district's would be paired first.
WITH placed AS MATERIALIZED (
    SELECT
        *,
        rank() OVER (ORDER BY district) AS first_place,
        row_number() OVER (ORDER BY district, case_id) AS place,
        count(*) OVER (PARTITION BY district) AS size
    FROM cases
),

copied AS (
    SELECT
        placed.*,
        copy,
        (least(copy, 1) * (hash(case_id, copy) % 28))::INTEGER AS earlier,
        first_place + (place - first_place + copy * 101) % size AS lawful_place,
        first_place + (place - first_place + copy * 211) % size AS person_place,
        first_place + (place - first_place + copy * 307) % size AS served_place
    FROM placed
    CROSS JOIN range($copies) AS copies (copy)
)

SELECT
    copied.case_id || '-' || copied.copy AS case_id,
    copied.district,
    copied.municipality,
    served.provider,
    served.access_path,
    copied.first_contact_on - copied.earlier AS first_contact_on,
    copied.opened_on - copied.earlier AS opened_on,
    copied.closed_on - copied.earlier AS closed_on,
    copied.closure_reason,
    lawful.legal_regime,
    lawful.residence_status,
    person.age_group,
    person.sex,
    copied.recorded_on - copied.earlier AS recorded_on
FROM copied
INNER JOIN placed AS lawful
    ON copied.lawful_place = lawful.place
INNER JOIN placed AS person
    ON copied.person_place = person.place
INNER JOIN placed AS served
    ON copied.served_place = served.place
