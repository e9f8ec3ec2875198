-- One row per finding to be listed: the first of each rule and field by line, with their total.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY rule, field ORDER BY line) AS place,
        count(*) OVER (PARTITION BY rule, field) AS total
    FROM hits
),

listed AS (
    SELECT * FROM ranked WHERE place <= $limit
)

SELECT
    listed.rule,
    listed.severity,
    listed.line,
    -- The key may hold the cell, and so may a value that belongs to no single field.
    CASE WHEN masked.fields IS NULL THEN shortened(masked_contacts(staged.row_key)) ELSE $mask END
        AS key,
    listed.field,
    CASE
        WHEN
            masked.fields IS NOT NULL
            AND (listed.field IS NULL OR list_contains(masked.fields, listed.field))
            THEN $mask
        ELSE shortened(masked_contacts(listed.value))
    END AS value,
    -- Names of columns, which are no values and must stay whole.
    CASE WHEN listed.rule = 'duplicate_key' THEN listed.other
        ELSE shortened(masked_contacts(listed.other)) END AS other,
    listed.total
FROM listed
LEFT JOIN staged ON listed.line = staged.line
LEFT JOIN (SELECT line, list(field) AS fields FROM masked_cells GROUP BY line) AS masked
    ON listed.line = masked.line
ORDER BY listed.line NULLS FIRST, listed.rule, listed.field
