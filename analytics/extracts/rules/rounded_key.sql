-- At most one row: long keys of digits that end in zeros, as spreadsheets round them.
SELECT NULL AS line, min_by(text, line) AS value, count(*)::VARCHAR AS other
FROM field
WHERE regexp_full_match(text, '\d{16,}')
HAVING bool_and(regexp_full_match(text, '\d{15}0+')) AND count(*) > 0
