-- One row per offending row: ended before need.
SELECT line, 'ended_on' AS field, ended_on::VARCHAR AS value, need_recorded_on::VARCHAR AS other
FROM staged
WHERE ended_on < need_recorded_on
