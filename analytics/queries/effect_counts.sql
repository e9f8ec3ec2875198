-- One row per unit, quarter of need, day and event: needs recorded in the window, of evaluation units
-- or of whole districts. Whatever happens after day $limit counts as still waiting on that day.
-- Needs are left out where it is not recorded what the outcome needs: referrals, and for some ends.
SELECT
    CASE WHEN $whole_districts THEN district ELSE unit END AS unit,
    need_quarter AS quarter,
    least(days_to_referral, $limit)::INTEGER AS days,
    CASE WHEN days_to_referral <= $limit THEN referral_event ELSE 0 END::INTEGER AS event,
    count(*) AS needs,
    cell_key(record_key) AS needs_key
FROM chosen_needs('state', $start, $end, $chosen)
WHERE days_to_referral IS NOT NULL
    AND (is_end_recorded OR NOT $needs_ends)
    AND ($whole_districts OR unit_group <> 'unassigned')
GROUP BY ALL
ORDER BY ALL
