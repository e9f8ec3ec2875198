-- One row per offending row: regime unchanged; of two unknown ones nobody can say so.
SELECT line, 'new_regime' AS field, new_regime AS value, NULL AS other
FROM staged
WHERE new_regime = old_regime AND new_regime <> 'unknown'
