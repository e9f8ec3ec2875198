-- One row per district and step: the share that took the step in time moved further from that of the
-- previous delivery than any district's did from one year to the next (`history`), and by at least
-- ten points; by more than 25 points where no district has enough rows to tell.
WITH shares AS (
    SELECT
        source,
        district,
        field,
        year(begun) AS begun_in,
        -- Rows too new to have had the time would look as if they had not taken the step.
        count(*) FILTER (WHERE begun + days <= as_of) AS n,
        count(*) FILTER (WHERE begun + days <= as_of AND day <= begun + days) AS reached
    FROM (
        SELECT
            source,
            district,
            begun,
            unnest([
                {'field': 'referred_on', 'days': 90, 'day': referred_on},
                {'field': 'ended_on', 'days': 180, 'day': ended_on},
                {'field': 'started_on', 'days': 180, 'day': started_on},
                {'field': 'closed_on', 'days': 365, 'day': closed_on}
            ], recursive := true)
        FROM (
            SELECT 'now' AS source, * FROM taken
            UNION ALL BY NAME
            SELECT 'previous' AS source, * FROM previous
            UNION ALL BY NAME
            SELECT 'history' AS source, * FROM history
        )
    ), terms
    GROUP BY ALL
),

usual AS (
    SELECT field, max(moved) AS moved
    FROM (
        SELECT
            field,
            n,
            abs(
                reached / n - lag(reached / n) OVER (
                    PARTITION BY district, field ORDER BY begun_in
                )
            ) AS moved
        FROM shares
        WHERE source = 'history' AND n >= 50
    )
    GROUP BY field
),

whole AS (
    SELECT source, district, field, sum(n) AS n, sum(reached) / nullif(sum(n), 0) AS share
    FROM shares
    WHERE source <> 'history'
    GROUP BY source, district, field
)

SELECT
    NULL AS line,
    now.field,
    now.district AS value,
    format('{:.0f} % → {:.0f} %', 100 * earlier.share, 100 * now.share) AS other
FROM whole AS now
INNER JOIN whole AS earlier
    ON
        earlier.source = 'previous'
        AND now.district = earlier.district
        AND now.field = earlier.field
LEFT JOIN usual ON now.field = usual.field
WHERE now.source = 'now'
    AND least(now.n, earlier.n) >= 30
    AND abs(now.share - earlier.share) > greatest(0.1, coalesce(usual.moved, 0.25))
