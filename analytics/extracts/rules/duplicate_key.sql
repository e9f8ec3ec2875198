-- One row per offending row: duplicate key.
SELECT line, NULL AS field, row_key AS value, NULL AS other
FROM staged
WHERE row_key IN (
    SELECT row_key FROM staged GROUP BY row_key HAVING count(*) > 1 AND min(content) <> max(content)
)
