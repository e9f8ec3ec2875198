-- At most one row: a column of counts is no column of yes and no.
SELECT NULL AS line, max(try_cast(replace(text, ',', '.') AS DOUBLE))::BIGINT::VARCHAR AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'count_column')
HAVING count(*) > 0
