-- One row per offending row: year outside.
SELECT line, 'year' AS field, staged.year::VARCHAR AS value, (year(terms.as_of) + 10)::VARCHAR AS other
FROM staged CROSS JOIN terms
WHERE staged.year NOT BETWEEN 2000 AND year(terms.as_of) + 10
