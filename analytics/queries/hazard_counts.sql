-- One row per unit, quarter of need, characteristics and last interval: needs recorded in the window,
-- with the interval of $width days in which the clock stopped within $limit days, and whether a
-- referral stopped it. Whoever still waits on day $limit has survived all intervals.
SELECT
    CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
    need_quarter AS quarter,
    offer_area,
    legal_regime,
    residence_status,
    age_group,
    (least(days_to_referral, $limit) // $width)::INTEGER AS intervals,
    days_to_referral < $limit AND referral_event = 1 AS is_referred,
    count(*) AS needs
FROM chosen_needs('state', $start, $end, $chosen)
WHERE days_to_referral IS NOT NULL
    AND is_end_recorded
    AND ($whole_districts OR unit_group <> 'unassigned')
GROUP BY ALL
ORDER BY ALL
