-- At most one row: nothing tells days from months.
SELECT NULL AS line, min_by(text, line) AS value, min_by(value, line)::VARCHAR AS other
FROM field
WHERE says(note, 'order_assumed')
HAVING count(*) > 0
