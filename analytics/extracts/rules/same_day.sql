-- One row per district and date: at least 20 values that are all the same day, of one year or of any.
WITH days AS (
    UNPIVOT (SELECT district, begun, referred_on, started_on, ended_on, closed_on FROM taken)
    ON begun, referred_on, started_on, ended_on, closed_on
    INTO NAME field VALUE day
)

SELECT
    NULL AS line,
    field,
    district AS value,
    CASE WHEN count(DISTINCT day) = 1 THEN min(day)::VARCHAR ELSE strftime(min(day), '%d.%m.') END
        AS other
FROM days
GROUP BY district, field
HAVING count(*) >= 20 AND count(DISTINCT strftime(day, '%m-%d')) = 1
