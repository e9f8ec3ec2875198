-- One row per cell: identifier email.
SELECT line, NULL AS value, NULL AS other
FROM field
WHERE has_email(text)
