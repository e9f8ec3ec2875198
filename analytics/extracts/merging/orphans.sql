-- One row: referrals in force whose case is not among the cases any more.
SELECT count(*) AS referrals
FROM referrals AS r
ANTI JOIN cases AS c ON r.district = c.district AND r.case_id = c.case_id
