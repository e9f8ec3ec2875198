-- One row per year: what all units together were granted; amounts of the state are not among them.
SELECT
    year,
    sum(amount_eur) AS granted,
    count(DISTINCT unit) AS units
FROM funding
WHERE status = 'granted' AND unit <> $state AND year <= year($as_of::DATE)
GROUP BY year
ORDER BY year
