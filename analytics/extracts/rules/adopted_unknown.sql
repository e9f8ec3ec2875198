-- One row per unit: themes were decided, and no row says how. Only adopted ones are carried out.
SELECT NULL AS line, 'decision' AS field, district AS value, NULL AS other
FROM taken
GROUP BY district
HAVING count(decided_on) > 0 AND count(decision) = 0
