-- At most one row: the file tells days from months.
SELECT NULL AS line, min_by(text, line) AS value, min_by(value, line)::VARCHAR AS other
FROM field
WHERE says(note, 'order_found')
HAVING count(*) > 0
