-- Whether what an indicator counts has happened to a need; NULL where it could not or is not known.
CREATE MACRO has_happened(
    indicator, as_of, need_on, is_end_recorded, days_to_referral, event, handover, repeat, agreement
) AS
CASE indicator
    WHEN 'repeat_referral_share' THEN repeat
    WHEN 'agreement_share' THEN agreement
    WHEN 'binding_handover_share' THEN CASE WHEN event = 1 THEN handover END
    -- A need of 180 days before the cut may be open on its 180th day; whether it was still open
    -- after it is not known yet.
    WHEN 'open_over_180d_share'
        THEN CASE WHEN need_on < as_of - 180 AND is_end_recorded THEN days_to_referral > 180 END
    ELSE error(concat('indicator without an arm: ', indicator))
END
