-- One row per offending row: filled over funded.
SELECT line, 'fte_filled' AS field, fte_filled::VARCHAR AS value, fte_funded::VARCHAR AS other
FROM staged
WHERE fte_filled > fte_funded
