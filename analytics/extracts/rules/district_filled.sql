-- At most one row: some rows name no district.
SELECT NULL AS line, min_by(text, line) AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'district_filled')
HAVING count(*) > 0
