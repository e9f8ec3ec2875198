-- One row per unit and quarter of need: needs recorded in the window, those referred within $fast days,
-- and those without any sign (referral, start or end) within $silent days. Where a sender does not
-- record referrals, its needs are left out.
SELECT
    CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
    need_quarter AS quarter,
    count(*) AS needs,
    count(*) FILTER (WHERE referral_event = 1 AND days_to_referral <= $fast) AS fast,
    count(*) FILTER (WHERE days_to_referral > $silent) AS silent
FROM chosen_needs('state', $start, $end, $chosen)
WHERE days_to_referral IS NOT NULL
    AND ($whole_districts OR unit_group <> 'unassigned')
GROUP BY ALL
ORDER BY ALL
