-- One row per copy of a demonstration need, belonging to the same copy of its case.
SELECT
    referrals.* REPLACE (
        referral_id || '-' || copy AS referral_id,
        case_id || '-' || copy AS case_id
    )
FROM referrals
CROSS JOIN range($copies) AS copies (copy)
