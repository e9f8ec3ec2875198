-- One row per offending row: started before need.
SELECT line, 'started_on' AS field, started_on::VARCHAR AS value, need_recorded_on::VARCHAR AS other
FROM staged
WHERE started_on < need_recorded_on
