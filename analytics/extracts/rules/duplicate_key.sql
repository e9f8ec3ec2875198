-- One row per offending row: duplicate key; other names the columns that differ.
WITH repeated AS (
    SELECT row_key, line, COLUMNS('.+__text')
    FROM staged
    WHERE row_key IN (
        SELECT row_key FROM staged
        GROUP BY row_key HAVING count(*) > 1 AND min(content) <> max(content)
    )
),

cells AS (
    FROM repeated
    UNPIVOT INCLUDE NULLS (content FOR name IN (COLUMNS('.+__text')))
),

differing AS (
    SELECT row_key, name
    FROM cells
    GROUP BY row_key, name
    HAVING count(DISTINCT content) + max((content IS NULL)::INTEGER) > 1
),

named AS (
    SELECT row_key, string_agg(replace(name, '__text', ''), ', ' ORDER BY name) AS columns
    FROM differing
    GROUP BY row_key
)

SELECT repeated.line, NULL AS field, repeated.row_key AS value, named.columns AS other
FROM repeated INNER JOIN named USING (row_key)
