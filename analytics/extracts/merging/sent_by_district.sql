-- One row per version of a row, sent by its district.
CREATE VIEW sent AS
SELECT
    *,
    district AS sender
FROM versions
