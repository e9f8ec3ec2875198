-- One row per thing that runs between bodies (version 2 of the contract): the day it began, how many days
-- until it was done or until the data cut, or whether it happened. `process` says what it is:
--
-- * answer: a hand-over, until the receiving body answers or gives it back.
-- * kept: an appointment that was agreed on; happened: it was kept. NULL where that is not documented.
-- * returned: a hand-over followed for $repeat_days days; happened: it was given back within them.
-- * regime_gap: a change of regime, until the first benefit of the new one.
-- * conference: a case, from the hand-over to its third kind of body until a conference; one that was held
--   before stands for day 0.
-- * decision: a theme, from the case that showed it until the steering group decides. implementation: an
--   adopted one, from the decision until it is carried out.
-- * residence_title, naturalisation: an application until its decision; withdrawn is another end.
--
-- Only what a sender delivers counts: a table without rows of a sender says nothing of it, nor does a column
-- that it does not record (`gaps`). Themes are a unit's, applications nobody's case: nothing else is known of them.
WITH people AS (
    SELECT
        c.district AS sender,
        c.case_id,
        d.district,
        coalesce(m.unit, d.unit) AS unit,
        coalesce(m.unit_group, d.unit_group) AS unit_group,
        c.provider,
        coalesce(c.legal_regime, 'unknown') AS legal_regime,
        coalesce(c.residence_status, 'unknown') AS residence_status,
        coalesce(c.age_group, 'unknown') AS age_group,
        coalesce(c.sex, 'unknown') AS sex,
        c.access_path
    FROM cases AS c
    INNER JOIN units AS d ON c.district = d.district_key AND d.municipality_key IS NULL
    LEFT JOIN units AS m
        ON c.district = m.district_key AND c.municipality = m.municipality_key
),

handed AS (
    SELECT
        h.*,
        r.offer_area,
        NOT coalesce(g.handovers_answered_on, FALSE) AS tells_answers,
        NOT coalesce(g.handovers_returned_on, FALSE) AS tells_returns
    FROM handovers AS h
    LEFT JOIN referrals AS r ON h.district = r.district AND h.referral_id = r.referral_id
    LEFT JOIN gaps AS g ON h.district = g.sender
),

third_bodies AS (
    SELECT
        district AS sender,
        case_id,
        first_on AS began_on
    FROM (
        SELECT
            district,
            case_id,
            body,
            min(handed_on) AS first_on
        FROM handover_steps
        WHERE district IN (SELECT district FROM conferences)
        GROUP BY district, case_id, body
    )
    QUALIFY row_number() OVER (PARTITION BY district, case_id ORDER BY first_on, body) = 3
),

held AS (
    SELECT
        district AS sender,
        case_id,
        min(held_on) AS held_on
    FROM conferences
    GROUP BY district, case_id
),

of_people AS (
    SELECT
        'answer' AS process,
        district AS sender,
        case_id,
        handover_id AS record,
        offer_area,
        agreed_on AS began_on,
        least(answered_on, returned_on) AS done_on,
        NULL::BOOLEAN AS happened
    FROM handed
    WHERE tells_answers
    UNION ALL BY NAME
    SELECT
        'kept' AS process,
        district AS sender,
        case_id,
        handover_id AS record,
        offer_area,
        agreed_on AS began_on,
        appointment_kept AS happened
    FROM handed
    WHERE appointment_agreed AND appointment_kept IS NOT NULL
    UNION ALL BY NAME
    SELECT
        'returned' AS process,
        district AS sender,
        case_id,
        handover_id AS record,
        offer_area,
        agreed_on AS began_on,
        coalesce(returned_on <= agreed_on + $repeat_days::INTEGER, FALSE) AS happened
    FROM handed
    WHERE tells_returns AND agreed_on + $repeat_days::INTEGER <= $as_of::DATE
    UNION ALL BY NAME
    SELECT
        'regime_gap' AS process,
        c.district AS sender,
        c.case_id,
        c.case_id AS record,
        c.changed_on AS began_on,
        c.first_benefit_on AS done_on
    FROM regime_changes AS c
    LEFT JOIN gaps AS g ON c.district = g.sender
    WHERE NOT coalesce(g.regime_changes_first_benefit_on, FALSE)
    UNION ALL BY NAME
    SELECT
        'conference' AS process,
        t.sender,
        t.case_id,
        t.case_id AS record,
        t.began_on,
        CASE WHEN h.held_on IS NOT NULL THEN greatest(h.held_on, t.began_on) END AS done_on
    FROM third_bodies AS t
    LEFT JOIN held AS h ON t.sender = h.sender AND t.case_id = h.case_id
),

of_nobody AS (
    SELECT
        'decision' AS process,
        s.unit AS sender,
        s.theme_id AS record,
        s.offer_area,
        s.found_on AS began_on,
        s.decided_on AS done_on,
        FALSE AS is_withdrawn
    FROM structure AS s
    LEFT JOIN gaps AS g ON s.unit = g.sender
    WHERE NOT coalesce(g.structure_decided_on, FALSE)
    UNION ALL BY NAME
    SELECT
        'implementation' AS process,
        s.unit AS sender,
        s.theme_id AS record,
        s.offer_area,
        s.decided_on AS began_on,
        s.implemented_on AS done_on,
        FALSE AS is_withdrawn
    FROM structure AS s
    LEFT JOIN gaps AS g ON s.unit = g.sender
    WHERE
        s.decision = 'adopted'
        AND s.decided_on IS NOT NULL
        AND NOT coalesce(g.structure_implemented_on, FALSE)
    UNION ALL BY NAME
    SELECT
        t.kind AS process,
        t.district AS sender,
        t.application_id AS record,
        t.applied_on AS began_on,
        t.decided_on AS done_on,
        coalesce(t.decision = 'withdrawn', FALSE) AS is_withdrawn
    FROM titles AS t
    LEFT JOIN gaps AS g ON t.district = g.sender
    WHERE NOT coalesce(g.titles_decided_on, FALSE)
),

placed AS (
    SELECT
        o.process,
        o.sender,
        o.record,
        p.district,
        p.unit,
        p.unit_group,
        o.offer_area,
        p.provider,
        p.legal_regime,
        p.residence_status,
        p.age_group,
        p.sex,
        p.access_path,
        o.began_on,
        o.done_on,
        FALSE AS is_withdrawn,
        o.happened
    FROM of_people AS o
    INNER JOIN people AS p ON o.sender = p.sender AND o.case_id = p.case_id
    UNION ALL BY NAME
    SELECT
        o.process,
        o.sender,
        o.record,
        d.district,
        d.unit,
        d.unit_group,
        o.offer_area,
        o.began_on,
        o.done_on,
        o.is_withdrawn
    FROM of_nobody AS o
    INNER JOIN units AS d ON o.sender = d.district_key AND d.municipality_key IS NULL
)

SELECT
    process,
    district,
    unit,
    unit_group,
    offer_area,
    provider,
    legal_regime,
    residence_status,
    age_group,
    sex,
    access_path,
    NULL::VARCHAR AS receiving_body,
    -- Called as in the clock of needs, so that the same filters choose from both.
    began_on AS need_on,
    date_trunc('quarter', began_on)::DATE AS need_quarter,
    CASE
        WHEN process NOT IN ('kept', 'returned') THEN coalesce(done_on, $as_of::DATE) - began_on
    END::INTEGER AS days,
    CASE
        WHEN process IN ('kept', 'returned') THEN NULL
        WHEN done_on IS NULL THEN 0
        WHEN is_withdrawn THEN 2
        ELSE 1
    END::TINYINT AS event,
    happened,
    -- One row of a delivery has one key, whichever clocks run on it: else each indicator would draw
    -- its own figure of the same rows, and these could be averaged.
    CASE
        WHEN process IN ('answer', 'kept', 'returned')
            THEN record_key($secret, sender, record, 'handover', NULL)
        WHEN process IN ('decision', 'implementation')
            THEN record_key($secret, sender, record, 'theme', NULL)
        ELSE record_key($secret, sender, record, process, began_on)
    END AS record_key
FROM placed
-- The record makes the order total, so that the same rows give the same bytes.
ORDER BY process, need_quarter, unit, sender, record, began_on
