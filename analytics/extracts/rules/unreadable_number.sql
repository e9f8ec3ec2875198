-- One row per cell: unreadable number.
SELECT line, text AS value, NULL AS other
FROM field
WHERE text IS NOT NULL AND value IS NULL AND NOT is_ambiguous(text)
