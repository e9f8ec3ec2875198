-- One row per text: words and placeholders read as not yet.
SELECT NULL AS line, text AS value, count(*)::VARCHAR AS other
FROM field
WHERE says(note, 'not_yet')
GROUP BY text
