-- One row per district and step: nothing says when it was taken, and at least 20 rows should. A return
-- is an answer, too, and rare among those that were answered; only an adopted theme is carried out. That
-- agreements have no end is usual.
WITH steps AS (
    SELECT
        district,
        unnest([
            {'field': 'referred_on', 'day': referred_on, 'expected': TRUE},
            {'field': 'started_on', 'day': started_on, 'expected': referred_on IS NOT NULL},
            {'field': 'ended_on', 'day': ended_on, 'expected': referred_on IS NULL},
            {'field': 'closed_on', 'day': closed_on, 'expected': TRUE},
            {'field': 'answered_on', 'day': answered_on, 'expected': returned_on IS NULL},
            {'field': 'returned_on', 'day': returned_on, 'expected': answered_on IS NULL},
            {'field': 'first_benefit_on', 'day': first_benefit_on, 'expected': TRUE},
            {'field': 'done_on', 'day': done_on, 'expected': coalesce(decisions > 0, TRUE)},
            {'field': 'raised_on', 'day': raised_on, 'expected': TRUE},
            {'field': 'decided_on', 'day': decided_on, 'expected': TRUE},
            {
                'field': 'implemented_on',
                'day': implemented_on,
                'expected': decided_on IS NOT NULL AND coalesce(decision = 'adopted', TRUE)
            }
        ], recursive := true)
    FROM taken
)

SELECT
    NULL AS line,
    field,
    district AS value,
    (count(*) FILTER (WHERE expected))::VARCHAR AS other
FROM steps
GROUP BY district, field
HAVING count(day) = 0 AND count(*) FILTER (WHERE expected) >= 20
