-- One row per unit and quarter of need: needs recorded in the window, and how many of them would be
-- referred within $days days if each were met as often as its like in the whole state before $turning.
-- Its like: same offer area, Rechtskreis, residence status and age; where fewer than $least of them are
-- known, same offer area; where none of these is, any need.
WITH needs AS (
    SELECT
        CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
        need_quarter AS quarter,
        offer_area,
        legal_regime,
        residence_status,
        age_group,
        count(*) AS needs,
        count(*) FILTER (WHERE need_on < $turning) AS earlier,
        count(*) FILTER (
            WHERE need_on < $turning AND referral_event = 1 AND days_to_referral <= $days
        ) AS earlier_referred
    FROM chosen_needs('state', $start, $end, $chosen)
    WHERE days_to_referral IS NOT NULL
        AND ($whole_districts OR unit_group <> 'unassigned')
    GROUP BY ALL
),

alike AS (
    SELECT
        offer_area,
        legal_regime,
        residence_status,
        age_group,
        sum(earlier_referred) / sum(earlier) AS share
    FROM needs
    GROUP BY ALL
    HAVING sum(earlier) >= $least
),

in_area AS (
    SELECT
        offer_area,
        sum(earlier_referred) / nullif(sum(earlier), 0) AS share
    FROM needs
    GROUP BY ALL
),

in_state AS (
    SELECT sum(earlier_referred) / nullif(sum(earlier), 0) AS share
    FROM needs
)

SELECT
    n.unit,
    n.quarter,
    sum(n.needs)::BIGINT AS needs,
    -- In whole billionths, as sums of fractions would depend on their order.
    sum(n.needs * round(1e9 * coalesce(a.share, i.share, s.share))::BIGINT)::DOUBLE / 1e9
        AS expected
FROM needs AS n
LEFT JOIN alike AS a USING (offer_area, legal_regime, residence_status, age_group)
LEFT JOIN in_area AS i USING (offer_area)
CROSS JOIN in_state AS s
GROUP BY ALL
ORDER BY ALL
