-- Rows that should fill a field and rows that do, by district, table, field and, if asked for,
-- quarter: that of a case's opening, of a need's entry; else it is NULL. "Unknown" counts as not
-- filled. Fields that only some rows need are expected of those alone: a reason of closure of closed
-- cases, a receiving body of needs that were referred. A KIM unit delivers under a key of its own; it
-- belongs to the district of the first five digits.
CREATE MACRO field_counts(by_quarter) AS TABLE
SELECT
    left(district, 5) AS district,
    CASE WHEN by_quarter THEN date_trunc('quarter', opened_on)::DATE END AS quarter,
    'cases' AS contract_table,
    count(*) AS row_count,
    unnest([
        {'field': 'municipality', 'expected': count(*), 'filled': count(municipality)},
        {'field': 'provider', 'expected': count(*), 'filled': count(provider)},
        {'field': 'access_path', 'expected': count(*), 'filled': count(access_path)},
        {'field': 'first_contact_on', 'expected': count(*), 'filled': count(first_contact_on)},
        {
            'field': 'closure_reason',
            'expected': count(closed_on),
            'filled': count(closure_reason) FILTER (WHERE closed_on IS NOT NULL)
        },
        {
            'field': 'legal_regime',
            'expected': count(*),
            'filled': count(nullif(legal_regime, 'unknown'))
        },
        {
            'field': 'residence_status',
            'expected': count(*),
            'filled': count(nullif(residence_status, 'unknown'))
        },
        {
            'field': 'age_group',
            'expected': count(*),
            'filled': count(nullif(age_group, 'unknown'))
        },
        {
            'field': 'sex',
            'expected': count(*),
            'filled': count(nullif(sex, 'unknown'))
        },
        {'field': 'recorded_on', 'expected': count(*), 'filled': count(recorded_on)}
    ], recursive := true)
FROM cases
GROUP BY left(cases.district, 5), quarter
UNION ALL BY NAME
SELECT
    left(district, 5) AS district,
    CASE WHEN by_quarter THEN date_trunc('quarter', need_recorded_on)::DATE END AS quarter,
    'referrals' AS contract_table,
    count(*) AS row_count,
    unnest([
        {'field': 'outcome', 'expected': count(*), 'filled': count(outcome)},
        {
            'field': 'receiving_body',
            'expected': count(referred_on),
            'filled': count(receiving_body) FILTER (WHERE referred_on IS NOT NULL)
        },
        {
            'field': 'binding_handover',
            'expected': count(referred_on),
            'filled': count(binding_handover) FILTER (WHERE referred_on IS NOT NULL)
        },
        {'field': 'recorded_on', 'expected': count(*), 'filled': count(recorded_on)}
    ], recursive := true)
FROM referrals
GROUP BY left(referrals.district, 5), quarter
