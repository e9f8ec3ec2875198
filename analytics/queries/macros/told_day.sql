-- Days as they are told: of needs that have a record key, as only those of released figures have, up
-- to the next day of the grid that `disclosure/cells.py` tells of, at most to the last day up to which
-- anybody can have been followed (NULL: no such day); of others as they are.
CREATE MACRO told_day(days, last_day, record_key) AS
CASE
    WHEN record_key IS NULL THEN days
    WHEN days BETWEEN 29 AND 30 THEN least(30, last_day)
    WHEN days BETWEEN 85 AND 90 THEN least(90, last_day)
    WHEN days BETWEEN 176 AND 180 THEN least(180, last_day)
    WHEN days = 365 THEN 365
    WHEN days <= 371 THEN least(7 * ((days + 6) // 7), last_day)
    ELSE least(30 * ((days + 29) // 30), 7290, last_day)
END
