-- One row per offending row: closure without date.
SELECT line, 'closure_reason' AS field, closure_reason AS value, NULL AS other
FROM staged, terms
WHERE closure_reason IS NOT NULL AND closed_on IS NULL AND NOT list_contains(absent, 'closed_on')
