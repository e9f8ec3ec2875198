-- The needs with any of the codes of each field that `chosen` maps to some (`MAP {'sex': ['female']}`),
-- whenever they were recorded.
CREATE MACRO matching_needs(chosen) AS TABLE
SELECT *
FROM referral_clock
WHERE is_chosen(chosen, 'group', unit_group)
    AND is_chosen(chosen, 'offer_area', offer_area)
    AND is_chosen(chosen, 'legal_regime', legal_regime)
    AND is_chosen(chosen, 'residence_status', residence_status)
    AND is_chosen(chosen, 'sex', sex)
    AND is_chosen(chosen, 'age_group', age_group)
    AND is_chosen(chosen, 'provider', provider)
    AND is_chosen(chosen, 'access_path', access_path)
    AND is_chosen(chosen, 'receiving_body', receiving_body)
    AND is_chosen(chosen, 'district', district)
    AND is_chosen(chosen, 'unit', unit)
