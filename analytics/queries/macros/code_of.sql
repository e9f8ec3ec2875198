-- The code of a need in a dimension. The quarter has none: a date is cheaper to group by than its text.
CREATE MACRO code_of(
    dimension, unit_group, offer_area, legal_regime, residence_status, sex, age_group, provider,
    access_path, receiving_body, district, unit
) AS
CASE dimension
    WHEN 'state' THEN ''
    WHEN 'quarter' THEN ''
    WHEN 'group' THEN unit_group
    WHEN 'offer_area' THEN offer_area
    WHEN 'legal_regime' THEN legal_regime
    WHEN 'residence_status' THEN residence_status
    WHEN 'sex' THEN sex
    WHEN 'age_group' THEN age_group
    WHEN 'provider' THEN coalesce(provider, 'unknown')
    WHEN 'access_path' THEN coalesce(access_path, 'unknown')
    WHEN 'receiving_body' THEN coalesce(receiving_body, 'unknown')
    WHEN 'district' THEN district
    WHEN 'unit' THEN unit
    ELSE error(concat('unknown dimension: ', dimension))
END
