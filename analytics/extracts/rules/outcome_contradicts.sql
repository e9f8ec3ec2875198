-- One row per offending row: outcome contradicts.
SELECT
    line,
    'outcome' AS field,
    outcome AS value,
    concat_ws(
        ', ', 'referred_on ' || referred_on, 'started_on ' || started_on, 'ended_on ' || ended_on
    ) AS other
FROM staged
WHERE
    outcome IS NOT NULL
    AND CASE outcome
        WHEN 'open'
            THEN referred_on IS NOT NULL OR started_on IS NOT NULL OR ended_on IS NOT NULL
        WHEN 'referred'
            THEN referred_on IS NULL OR started_on IS NOT NULL OR ended_on IS NOT NULL
        WHEN 'started'
            THEN started_on IS NULL
        -- An offer may be broken off after its start; every other end is one without a start.
        WHEN 'broken_off'
            THEN ended_on IS NULL AND started_on IS NULL
        ELSE ended_on IS NULL
    END
