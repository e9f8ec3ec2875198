-- One row per district and step: no row of at least 20 says when the step was taken.
WITH steps AS (
    SELECT district, 'referred_on' AS field, referred_on AS day, TRUE AS expected FROM taken
    UNION ALL
    SELECT district, 'started_on', started_on, referred_on IS NOT NULL FROM taken
    UNION ALL
    SELECT district, 'ended_on', ended_on, referred_on IS NULL FROM taken
    UNION ALL
    SELECT district, 'closed_on', closed_on, TRUE FROM taken
)

SELECT
    NULL AS line,
    field,
    district AS value,
    (count(*) FILTER (WHERE expected))::VARCHAR AS other
FROM steps
GROUP BY district, field
HAVING count(day) = 0 AND count(*) FILTER (WHERE expected) >= 20
