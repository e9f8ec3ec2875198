-- One row per number: too few bodies for a conference, or more of anything than a slip explains. What
-- is negative breaks another rule.
SELECT line, 'bodies' AS field, bodies::VARCHAR AS value, '2–50' AS other
FROM staged
WHERE bodies IN (0, 1) OR bodies > 50
UNION ALL
SELECT line, 'decisions' AS field, decisions::VARCHAR AS value, '0–100' AS other
FROM staged
WHERE decisions > 100
