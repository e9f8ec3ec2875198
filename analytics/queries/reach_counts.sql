-- One row per unit and quarter in which cases were opened: the cases, the offer areas in which they have
-- a need within $reach_days days, and those of these areas in which they were referred within as many days
-- of the opening, and of the first contact (where it is not recorded, of the opening).
--
-- A need that is written down late, or never, changes neither cases nor days since the opening. What comes
-- up later is left out: whoever starts sooner has a next need sooner, and that is no fault of the records.
WITH areas AS (
    SELECT
        CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
        date_trunc('quarter', opened_on)::DATE AS quarter,
        case_hash,
        offer_area,
        min(CASE WHEN referral_event = 1 THEN need_on + days_to_referral END) AS referred_on,
        any_value(opened_on) AS opened_on,
        any_value(first_contact_on) AS first_contact_on
    FROM chosen_needs('state', DATE '1900-01-01', DATE '2200-01-01', $chosen)
    WHERE opened_on >= $start
        AND opened_on < $end
        AND days_to_referral IS NOT NULL
        AND ($whole_districts OR unit_group <> 'unassigned')
    GROUP BY ALL
    HAVING min(need_on) - any_value(opened_on) <= $reach_days
),

reached AS (
    SELECT
        unit,
        quarter,
        count(*) AS areas,
        count(*) FILTER (WHERE referred_on - opened_on <= $reach_days) AS since_opening,
        count(*) FILTER (
            WHERE referred_on - coalesce(first_contact_on, opened_on) <= $reach_days
        ) AS since_contact
    FROM areas
    GROUP BY ALL
),

opened AS (
    SELECT
        CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
        opened_quarter AS quarter,
        count(*) AS cases
    FROM case_clock
    WHERE opened_on >= $start
        AND opened_on < $end
        AND is_chosen($chosen, 'legal_regime', legal_regime)
        AND is_chosen($chosen, 'residence_status', residence_status)
        AND is_chosen($chosen, 'sex', sex)
        AND is_chosen($chosen, 'age_group', age_group)
        AND is_chosen($chosen, 'provider', provider)
        AND is_chosen($chosen, 'access_path', access_path)
        AND ($whole_districts OR unit_group <> 'unassigned')
    GROUP BY ALL
)

SELECT
    o.unit,
    o.quarter,
    o.cases,
    coalesce(r.areas, 0) AS areas,
    coalesce(r.since_opening, 0) AS since_opening,
    coalesce(r.since_contact, 0) AS since_contact
FROM opened AS o
LEFT JOIN reached AS r ON o.unit = r.unit AND o.quarter = r.quarter
ORDER BY ALL
