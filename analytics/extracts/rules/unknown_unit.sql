-- One row per offending row: unknown unit.
SELECT line, 'unit' AS field, unit AS value, NULL AS other
FROM staged CROSS JOIN terms
WHERE
    unit NOT IN (SELECT key FROM units)
    AND NOT (terms.table_name = 'funding' AND unit = terms.state)
