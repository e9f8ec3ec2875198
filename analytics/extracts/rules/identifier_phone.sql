-- One row per cell: identifier phone.
SELECT line, NULL AS value, NULL AS other
FROM field
WHERE
    has_phone(text)
    -- A key of an area with a slash behind it is an ID, not a dialling code.
    AND NOT EXISTS (SELECT 1 FROM districts WHERE ags = left(text, 5))
