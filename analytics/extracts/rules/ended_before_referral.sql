-- One row per offending row: ended before referral.
SELECT line, 'ended_on' AS field, ended_on::VARCHAR AS value, referred_on::VARCHAR AS other
FROM staged
WHERE ended_on < referred_on
