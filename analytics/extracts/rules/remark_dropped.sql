-- At most one row: remarks behind dates were left out.
SELECT NULL AS line, min_by(text, line) AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'remark_dropped')
HAVING count(*) > 0
