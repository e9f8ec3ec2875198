-- One row per district: applications were decided, and no row says how.
SELECT NULL AS line, 'decision' AS field, district AS value, NULL AS other
FROM taken
GROUP BY district
HAVING count(decided_on) > 0 AND count(decision) = 0
