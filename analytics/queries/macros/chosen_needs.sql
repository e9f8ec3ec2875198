-- The needs that a filter leaves, with the key of the dimension they are broken down by: in `code`,
-- or in `quarter`, since a date is cheaper to group by than its text. NULL stands for no limit.
-- Arguments are known when a statement is planned, so columns not needed are not read.
CREATE MACRO chosen_needs(
    "by", first_day, day_after, areas, groups, without_group, places, offices, regimes
) AS TABLE
SELECT
    *,
    CASE "by"
        WHEN 'group' THEN unit_group
        WHEN 'district' THEN district
        WHEN 'unit' THEN unit
        WHEN 'offer_area' THEN offer_area
        WHEN 'provider' THEN coalesce(provider, 'unknown')
        WHEN 'legal_regime' THEN legal_regime
        WHEN 'quarter' THEN ''
        WHEN 'state' THEN ''
        ELSE error(concat('unknown dimension: ', "by"))
    END AS code,
    CASE WHEN "by" = 'quarter' THEN need_quarter END AS quarter
FROM referral_clock
WHERE need_on >= first_day
    AND need_on < day_after
    AND (areas IS NULL OR list_contains(areas, offer_area))
    AND (groups IS NULL OR list_contains(groups, unit_group))
    AND (without_group IS NULL OR unit_group <> without_group)
    AND (places IS NULL OR list_contains(places, district))
    AND (offices IS NULL OR list_contains(offices, provider))
    AND (regimes IS NULL OR list_contains(regimes, legal_regime))
