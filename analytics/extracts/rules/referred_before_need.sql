-- One row per offending row: referred before need.
SELECT line, 'referred_on' AS field, referred_on::VARCHAR AS value, need_recorded_on::VARCHAR AS other
FROM staged
WHERE referred_on < need_recorded_on
