-- One row per offending row: repeated row.
SELECT line, NULL AS field, row_key AS value, NULL AS other
FROM staged
WHERE row_key IN (SELECT row_key FROM staged GROUP BY row_key HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY row_key, content ORDER BY line) > 1
