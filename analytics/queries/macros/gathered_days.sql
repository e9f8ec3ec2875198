-- Days as they are, or gathered to the end of their fortnight, after a year of their quarter of one.
CREATE MACRO gathered_days(coarse, days) AS
CASE
    WHEN NOT coarse THEN days
    WHEN days <= 364 THEN 14 * ((days + 13) // 14)
    ELSE 364 + 91 * ((days - 364 + 90) // 91)
END
