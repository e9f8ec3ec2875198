-- One row per district and table with findings in its last delivery: rows that a rule objected to
-- and, of those, rows that went to quarantine. A row with several findings counts once.
SELECT
    left(district, 5) AS district,
    "table" AS contract_table,
    count(DISTINCT (file, sheet, line)) AS objected,
    count(DISTINCT (file, sheet, line)) FILTER (WHERE severity = 'row') AS quarantined
FROM findings
WHERE "table" = ANY ($tables) AND line IS NOT NULL
GROUP BY left(district, 5), "table"
ORDER BY contract_table, district
