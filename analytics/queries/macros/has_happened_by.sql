-- Whether what a clock waits for has happened by a day, of needs that have been followed for that
-- long; NULL where they have not, where the clock does not run, or where it stood open earlier.
CREATE MACRO has_happened_by("day", followed, days, event) AS
CASE
    WHEN followed < "day" OR days IS NULL OR (event = 0 AND days < "day") THEN NULL
    ELSE event = 1 AND days <= "day"
END
