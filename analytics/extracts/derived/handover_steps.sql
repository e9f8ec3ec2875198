-- One row per need that was handed over to a known kind of body: which step of the case's way it
-- was, whether the case came back, and with the first step the way that followed.
--
-- * A hand-over is the referral of a need (`macros/need_referred_on.sql`) whose receiving body is
--   known. Steps are in the order of the hand-overs' days; on one day the need that was recorded
--   earlier comes first, then the order of the codes, so that the rows' order makes no difference.
-- * Coming back: a need that was recorded after the hand-over is handed over to the same kind of
--   body, within $repeat_days days of it. A need recorded until that day ran beside the first one.
-- * The way is what follows within $way_days days of the first hand-over: bodies of the first five
--   steps, days between them, all kinds of bodies, and those met more than once. All ways are followed
--   equally long; the clock tells those whose whole time lies before the data cut.
CREATE TABLE handover_steps AS
WITH handed AS (
    SELECT
        r.file_row_number,
        r.district,
        r.case_id,
        r.offer_area,
        r.receiving_body AS body,
        r.need_recorded_on AS need_on,
        need_referred_on(r.referred_on, r.started_on) AS handed_on
    FROM referrals AS r
    LEFT JOIN gaps AS g ON r.district = g.sender
    WHERE
        r.receiving_body IS NOT NULL
        AND need_referred_on(r.referred_on, r.started_on) IS NOT NULL
        AND NOT coalesce(g.referred_on, FALSE)
),

-- Most bodies are met once: the hash leaves these out before the costly join, which itself tells
-- apart what shares a hash by chance.
recurring AS (
    SELECT hash(district, case_id, body) AS body_hash
    FROM handed
    GROUP BY body_hash
    HAVING count(*) > 1
),

candidates AS (
    SELECT *
    FROM handed
    WHERE hash(district, case_id, body) IN (SELECT body_hash FROM recurring)
),

returned AS (
    SELECT DISTINCT first.file_row_number
    FROM candidates AS first
    INNER JOIN candidates AS later
        ON
            first.district = later.district
            AND first.case_id = later.case_id
            AND first.body = later.body
            AND first.handed_on < later.need_on
            AND later.handed_on <= first.handed_on + $repeat_days::INTEGER
),

steps AS (
    SELECT
        *,
        row_number() OVER of_case AS step,
        first_value(handed_on) OVER of_case AS first_on,
        handed_on - lag(handed_on) OVER of_case AS days_between
    FROM handed
    WINDOW of_case AS (
        PARTITION BY district, case_id
        ORDER BY handed_on, need_on, body, offer_area, file_row_number
    )
),

followed AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY district, case_id, body) > 1 AS is_met_again
    FROM steps
    WHERE handed_on <= first_on + $way_days::INTEGER
),

ways AS (
    SELECT
        min(file_row_number) FILTER (WHERE step = 1) AS file_row_number,
        min(first_on) AS first_on,
        list(DISTINCT body ORDER BY body) AS way_met,
        array_to_string(list(body ORDER BY step) FILTER (WHERE step <= 5), '>') AS way,
        count(DISTINCT body)::TINYINT AS way_bodies,
        list(days_between ORDER BY step) FILTER (WHERE step BETWEEN 2 AND 5) AS way_days,
        list(DISTINCT body ORDER BY body) FILTER (WHERE is_met_again) AS way_loops
    FROM followed
    GROUP BY district, case_id
)

SELECT
    s.file_row_number,
    s.district,
    s.case_id,
    s.body,
    s.handed_on,
    s.step::SMALLINT AS step,
    r.file_row_number IS NOT NULL AS is_returned,
    w.first_on + $way_days::INTEGER AS way_until,
    w.way_bodies,
    w.way_met,
    w.way,
    coalesce(w.way_days, []) AS way_days,
    coalesce(w.way_loops, []) AS way_loops
FROM steps AS s
LEFT JOIN returned AS r ON s.file_row_number = r.file_row_number
LEFT JOIN ways AS w ON s.file_row_number = w.file_row_number
