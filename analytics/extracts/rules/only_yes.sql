-- At most one row: only yes is marked.
SELECT NULL AS line, min_by(text, line) AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'only_yes')
HAVING count(*) > 0
