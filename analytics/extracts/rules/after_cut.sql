-- At most one row: cells that hold only after the data cut.
SELECT NULL AS line, any_value(terms.as_of)::VARCHAR AS value, count(*)::VARCHAR AS other
FROM field CROSS JOIN terms
WHERE says(note, 'after_cut')
HAVING count(*) > 0
