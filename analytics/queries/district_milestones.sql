-- One row per KIM unit of a district, module and milestone that it had reached by the data cut.
SELECT unit, module, milestone, min(reached_on) AS reached_on
FROM rollout
WHERE left(unit, 5) = $district AND reached_on <= $as_of
GROUP BY unit, module, milestone
ORDER BY unit, module, milestone
