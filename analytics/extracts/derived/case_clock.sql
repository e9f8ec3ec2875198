-- One row per case: its evaluation unit and how long it has been open at the data cut $as_of.
--
-- A municipality that the registry does not know, or that lies in another district, counts as not
-- recorded: the case stays, in the unit of its district alone. A code that was not delivered reads
-- `unknown` where the code list has that word and stays NULL elsewhere. Where a sender does not
-- record when cases close (`gaps`), nobody knows how long they are open: `days_open` and `is_open`
-- are NULL.
SELECT
    d.district,
    coalesce(m.municipality, d.municipality) AS municipality,
    coalesce(m.unit, d.unit) AS unit,
    coalesce(m.unit_group, d.unit_group) AS unit_group,
    c.provider,
    coalesce(c.legal_regime, 'unknown') AS legal_regime,
    coalesce(c.residence_status, 'unknown') AS residence_status,
    coalesce(c.age_group, 'unknown') AS age_group,
    coalesce(c.sex, 'unknown') AS sex,
    c.access_path,
    c.opened_on,
    date_trunc('month', c.opened_on)::DATE AS opened_month,
    date_trunc('quarter', c.opened_on)::DATE AS opened_quarter,
    c.closed_on,
    CASE
        WHEN NOT coalesce(g.closed_on, FALSE)
            THEN coalesce(c.closed_on, $as_of::DATE) - c.opened_on
    END::INTEGER AS days_open,
    CASE WHEN NOT coalesce(g.closed_on, FALSE) THEN c.closed_on IS NULL END AS is_open,
    -- A row entered before the case opened was prepared ahead: no lag. (greatest() would turn
    -- a missing date into 0.)
    CASE
        WHEN c.recorded_on < c.opened_on THEN 0
        ELSE c.recorded_on - c.opened_on
    END::INTEGER AS reporting_lag_days,
    record_key($secret, c.district, c.case_id, '', NULL) AS record_key
FROM cases AS c
INNER JOIN units AS d ON c.district = d.district_key AND d.municipality_key IS NULL
LEFT JOIN gaps AS g ON c.district = g.sender
LEFT JOIN units AS m
    ON c.district = m.district_key AND c.municipality = m.municipality_key
-- The row number makes the order total, so that the same file gives the same bytes.
ORDER BY opened_month, unit, c.file_row_number
