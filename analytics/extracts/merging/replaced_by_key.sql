-- One row per row of the new snapshot: what was delivered, and what is in force under other keys.
CREATE VIEW merged AS
SELECT *
FROM sent
WHERE
    is_delivered
    OR row_key NOT IN (SELECT row_key FROM sent WHERE is_delivered)
