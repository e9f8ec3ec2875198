-- One row per offending row: other unit.
SELECT line, 'unit' AS field, unit AS value, district AS other
FROM staged CROSS JOIN terms
WHERE left(unit, 5) <> district
