-- One row per offending row: other unit; what is no unit breaks another rule.
SELECT line, 'unit' AS field, unit AS value, district AS other
FROM staged CROSS JOIN terms
WHERE left(unit, 5) <> district AND unit IN (SELECT key FROM units)
