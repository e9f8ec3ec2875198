-- One row per offending row: foreign over population.
SELECT
    line, 'foreign_population' AS field, foreign_population::VARCHAR AS value,
    population::VARCHAR AS other
FROM staged
WHERE foreign_population > population
