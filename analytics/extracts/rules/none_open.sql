-- One row per district and step: every need of at least 20 was referred; or of at least 15 new rows
-- (or 200 cases of any age) none is open. Few needs stay open for long: of older rows it is no sign.
WITH steps AS (
    SELECT
        district,
        'referred_on' AS field,
        referred_on IS NOT NULL AS is_done,
        coalesce(referred_on, ended_on) IS NULL AS is_open,
        begun > as_of - 90 AS is_new
    FROM taken, terms
    UNION ALL
    SELECT district, 'closed_on', FALSE, closed_on IS NULL, begun > as_of - 180
    FROM taken, terms
)

SELECT NULL AS line, field, district AS value, count(*)::VARCHAR AS other
FROM steps
GROUP BY district, field
HAVING
    (count(*) >= 20 AND bool_and(is_done))
    OR (field = 'closed_on' AND count(*) >= 200 AND NOT bool_or(is_open))
    OR (count(*) FILTER (WHERE is_new) >= 15 AND NOT bool_or(is_open AND is_new))
