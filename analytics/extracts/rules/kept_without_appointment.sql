-- One row per offending row: an appointment was kept, and expressly none was agreed.
SELECT line, 'appointment_kept' AS field, appointment_kept__text AS value, NULL AS other
FROM staged
WHERE appointment_kept AND NOT appointment_agreed
