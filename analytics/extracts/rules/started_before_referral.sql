-- One row per offending row: started before referral.
SELECT line, 'started_on' AS field, started_on::VARCHAR AS value, referred_on::VARCHAR AS other
FROM staged
WHERE started_on < referred_on
