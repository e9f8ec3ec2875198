-- One row per offending row: share mismatch.
SELECT
    line, 'foreign_share' AS field, foreign_share::VARCHAR AS value,
    round(foreign_population / population, 3)::VARCHAR AS other
FROM staged
WHERE population > 0 AND abs(foreign_share - foreign_population / population) > 0.01
