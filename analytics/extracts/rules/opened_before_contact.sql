-- One row per offending row: opened before contact.
SELECT line, 'opened_on' AS field, opened_on::VARCHAR AS value, first_contact_on::VARCHAR AS other
FROM staged
WHERE opened_on < first_contact_on
