-- Days as they are told: of needs that have a record key, as only those of released figures have, up
-- to the next day of the grid that `disclosure/cells.py` tells of; of others as they are.
CREATE MACRO told_day(days, record_key) AS
CASE
    WHEN record_key IS NULL THEN days
    WHEN days BETWEEN 29 AND 30 THEN 30
    WHEN days BETWEEN 85 AND 90 THEN 90
    WHEN days BETWEEN 176 AND 180 THEN 180
    WHEN days = 365 THEN 365
    WHEN days <= 371 THEN 7 * ((days + 6) // 7)
    ELSE least(30 * ((days + 29) // 30), 7290)
END
