-- The needs that a filter leaves, with the key of the dimension they are broken down by: in `code`,
-- or in `quarter`, since a date is cheaper to group by than its text. `chosen` maps fields to codes
-- (`MAP {'sex': ['female']}`); a field that it does not name stands for no limit.
-- Arguments are known when a statement is planned, so columns not needed are not read.
CREATE MACRO chosen_needs(
    "by", first_day, day_after, chosen := MAP {}, without_group := NULL
) AS TABLE
SELECT
    *,
    CASE "by"
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
        ELSE error(concat('unknown dimension: ', "by"))
    END AS code,
    CASE WHEN "by" = 'quarter' THEN need_quarter END AS quarter
FROM referral_clock
WHERE need_on >= first_day
    AND need_on < day_after
    AND (without_group IS NULL OR unit_group <> without_group)
    AND is_chosen(chosen, 'group', unit_group)
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
