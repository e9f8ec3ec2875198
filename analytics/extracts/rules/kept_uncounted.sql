-- One row per district: appointments were kept or not, and no row says whether one was agreed.
SELECT NULL AS line, 'appointment_agreed' AS field, district AS value, NULL AS other
FROM taken
GROUP BY district
HAVING count(appointment_kept) > 0 AND count(appointment_agreed) = 0
