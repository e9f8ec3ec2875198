-- One row per offending row: ended despite start.
SELECT line, 'ended_on' AS field, ended_on::VARCHAR AS value, started_on::VARCHAR AS other
FROM staged
WHERE ended_on IS NOT NULL AND started_on IS NOT NULL
