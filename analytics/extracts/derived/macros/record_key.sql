-- The secret number of a case or need, which its perturbations are drawn with: the same in every
-- snapshot of a store as long as the record is the same, so that a figure that is told again in the
-- next snapshot is not drawn anew. Without the store's key nobody can compute it.
CREATE MACRO record_key(secret, district, case_id, offer_area, need_on) AS (
    '0x' || substr(
        sha256(concat_ws('|', secret, district, case_id, offer_area, coalesce(need_on::VARCHAR, ''))), 1, 8
    )
)::UINTEGER
