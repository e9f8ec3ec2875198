-- What a need has in common with its like: its codes of the fields in `strata`, joined in this order, empty
-- for other fields. The last ones are the first to be left out where too few are alike.
CREATE MACRO stratum_of(
    strata, offer_area, legal_regime, residence_status, age_group, sex, access_path
) AS
concat_ws(
    '|',
    CASE WHEN list_contains(strata, 'offer_area') THEN offer_area ELSE '' END,
    CASE WHEN list_contains(strata, 'legal_regime') THEN legal_regime ELSE '' END,
    CASE WHEN list_contains(strata, 'residence_status') THEN residence_status ELSE '' END,
    CASE WHEN list_contains(strata, 'age_group') THEN age_group ELSE '' END,
    CASE WHEN list_contains(strata, 'sex') THEN sex ELSE '' END,
    CASE WHEN list_contains(strata, 'access_path') THEN coalesce(access_path, 'unknown') ELSE '' END
)
