-- The needs that a filter leaves, with the key of the dimension they are broken down by: in `code`,
-- or in `quarter`, and that of a second dimension, `across`, in `across_code`. `chosen` maps fields to codes
-- (`MAP {'sex': ['female']}`); a field that it does not name stands for no limit.
-- `source` names the table: the clock of needs, or that of processes, which has the same columns to choose by.
-- Arguments are known when a statement is planned, so columns not needed are not read.
CREATE MACRO chosen_needs(
    "by", first_day, day_after, chosen := MAP {}, without_group := NULL, across := 'state',
    source := 'referral_clock'
) AS TABLE
SELECT
    *,
    code_of(
        "by", unit_group, offer_area, legal_regime, residence_status, sex, age_group, provider,
        access_path, receiving_body, district, unit
    ) AS code,
    CASE WHEN "by" = 'quarter' THEN need_quarter END AS quarter,
    CASE
        WHEN across = 'quarter' THEN strftime(need_quarter, '%Y-%m-%d')
        ELSE code_of(
            across, unit_group, offer_area, legal_regime, residence_status, sex, age_group, provider,
            access_path, receiving_body, district, unit
        )
    END AS across_code
FROM query_table(source)
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
