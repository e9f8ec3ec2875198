-- One row per optional table and area that has at least one row in it: who has delivered. An area
-- that is not here has not delivered, which is not "none".
SELECT DISTINCT 'handovers' AS contract_table, district AS area FROM handovers
UNION ALL
SELECT DISTINCT 'regime_changes' AS contract_table, district AS area FROM regime_changes
UNION ALL
SELECT DISTINCT 'conferences' AS contract_table, district AS area FROM conferences
UNION ALL
SELECT DISTINCT 'agreements' AS contract_table, unit AS area FROM agreements
UNION ALL
SELECT DISTINCT 'structure' AS contract_table, unit AS area FROM structure
UNION ALL
SELECT DISTINCT 'titles' AS contract_table, district AS area FROM titles
ORDER BY contract_table, area
