-- One row per version of a row, sent by its unit.
CREATE VIEW sent AS
SELECT
    *,
    unit AS sender
FROM versions
