-- One row per sender with rows in force that the delivery does not replace.
SELECT DISTINCT sender
FROM merged
WHERE NOT is_delivered
ORDER BY sender
