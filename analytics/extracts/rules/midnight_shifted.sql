-- At most one row: all times are late in the evening.
SELECT NULL AS line, min_by(text, line) AS value, min_by(value, line)::VARCHAR AS other
FROM field
WHERE says(note, 'midnight_shifted')
HAVING count(*) > 0
