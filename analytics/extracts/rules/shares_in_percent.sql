-- At most one row: shares above 1 are percent.
SELECT NULL AS line, any_value(text) AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'shares_in_percent')
HAVING count(*) > 0
