-- One row per referral after which the same case had a need in the same offer area again, within
-- $repeat_days days: the row number of the referral in its file.
--
-- A need recorded on the day of the referral or before it ran beside the first one; it does not say
-- that the referral missed. Most needs are the only one of their kind: the hash leaves these out
-- before the costly join; needs that share a hash by chance are told apart by the join itself.
CREATE TABLE repeats AS
WITH recurring AS (
    SELECT hash(district, case_id, offer_area) AS need_hash
    FROM referrals
    GROUP BY need_hash
    HAVING count(*) > 1
),

candidates AS (
    SELECT
        district,
        case_id,
        offer_area,
        need_recorded_on,
        file_row_number,
        coalesce(referred_on, started_on) AS referred_on
    FROM referrals
    WHERE hash(district, case_id, offer_area) IN (SELECT need_hash FROM recurring)
)

SELECT DISTINCT referral.file_row_number
FROM candidates AS referral
INNER JOIN candidates AS later
    ON
        referral.district = later.district
        AND referral.case_id = later.case_id
        AND referral.offer_area = later.offer_area
        AND referral.referred_on < later.need_recorded_on
        AND later.need_recorded_on <= referral.referred_on + $repeat_days::INTEGER
