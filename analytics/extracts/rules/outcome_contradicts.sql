-- One row per offending row: outcome contradicts. A date that is not recorded contradicts nothing.
SELECT
    line,
    'outcome' AS field,
    outcome AS value,
    concat_ws(
        ', ', 'referred_on ' || referred_on, 'started_on ' || started_on, 'ended_on ' || ended_on
    ) AS other
FROM staged, terms
WHERE
    outcome IS NOT NULL
    AND CASE outcome
        WHEN 'open'
            THEN referred_on IS NOT NULL OR started_on IS NOT NULL OR ended_on IS NOT NULL
        WHEN 'referred'
            THEN
                (referred_on IS NULL AND NOT list_contains(absent, 'referred_on'))
                OR started_on IS NOT NULL OR ended_on IS NOT NULL
        WHEN 'started'
            THEN started_on IS NULL AND NOT list_contains(absent, 'started_on')
        -- An offer may be broken off after its start; every other end is one without a start.
        WHEN 'broken_off'
            THEN
                ended_on IS NULL AND started_on IS NULL
                AND NOT list_has_any(absent, ['ended_on', 'started_on'])
        ELSE ended_on IS NULL AND NOT list_contains(absent, 'ended_on')
    END
