-- At most one row: years have two digits.
SELECT NULL AS line, min_by(text, line) AS value, min_by(value, line)::VARCHAR AS other
FROM field
WHERE says(note, 'two_digit_year')
HAVING count(*) > 0
