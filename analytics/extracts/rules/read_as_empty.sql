-- One row per text: words and placeholders read as empty.
SELECT NULL AS line, text AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'read_as_empty')
GROUP BY text
