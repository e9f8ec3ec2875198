-- One row per cell: ambiguous number.
SELECT line, text AS value, NULL AS other
FROM field
WHERE text IS NOT NULL AND value IS NULL AND is_ambiguous(text)
