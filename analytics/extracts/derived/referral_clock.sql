-- One row per referral (a need of a case in one offer area), open ones included: the referral
-- clock and the start clock, both from the day the need was recorded, at the data cut $as_on.
--
-- Referral clock: 1 referred, at the referral; 2 ended without referral, at the end; 0 still open,
-- at the data cut. Start clock: 1 started, at the start; 2 ended without start, at the end; 0 still
-- open, at the data cut. Edge cases:
-- * A referral that came to nothing (no place, declined, …) is event 1 on the referral clock and
--   event 2 on the start clock.
-- * Which day a need was referred and which it ended otherwise, macros say (`macros/need_*.sql`): an
--   outcome without a date cannot be placed on the clock, so the need stays open.
-- * An end after the start (broken off) does not move either clock: the start came first.
-- * A closed case does not close its needs; the need's own dates decide.
-- * Dates after the data cut cannot occur: the check sends such rows to quarantine, and publishing
--   refuses clocks below zero.
-- * A referral whose case was taken out by a later delivery stays, with unknown case attributes.
-- * Where a sender does not record when people are referred or when offers start (`gaps`), the clock
--   that waits for it does not run: days and event are NULL. Where ends are not recorded, a need that
--   ended looks open; `is_end_recorded` is false, and what needs the ends leaves it out.
-- * What may follow a hand-over (no place, coming back, a case's way) is known only when the whole
--   time in which it may lies before the data cut (`handover_steps.sql`); else it is NULL.
WITH needs AS (
    SELECT
        r.district,
        r.case_id,
        r.offer_area,
        r.need_recorded_on AS need_on,
        record_key($secret, r.district, r.case_id, r.offer_area, r.need_recorded_on) AS record_key,
        NOT coalesce(g.referred_on, FALSE) AS is_referral_recorded,
        NOT coalesce(g.started_on, FALSE) AS is_start_recorded,
        NOT coalesce(g.ended_on, FALSE) AS is_end_recorded,
        NOT coalesce(g.outcome, FALSE) AS is_outcome_recorded,
        CASE WHEN is_referral_recorded THEN need_referred_on(r.referred_on, r.started_on) END
            AS referred_on,
        r.started_on,
        need_ended_on(r.outcome, r.ended_on) AS ended_on,
        r.outcome,
        r.binding_handover,
        r.receiving_body,
        r.recorded_on,
        r.file_row_number
    FROM referrals AS r
    LEFT JOIN gaps AS g ON r.district = g.sender
)

SELECT
    d.district,
    coalesce(m.municipality, d.municipality) AS municipality,
    coalesce(m.unit, d.unit) AS unit,
    coalesce(m.unit_group, d.unit_group) AS unit_group,
    n.offer_area,
    c.provider,
    coalesce(c.legal_regime, 'unknown') AS legal_regime,
    coalesce(c.residence_status, 'unknown') AS residence_status,
    coalesce(c.age_group, 'unknown') AS age_group,
    coalesce(c.sex, 'unknown') AS sex,
    c.access_path,
    n.need_on,
    date_trunc('month', n.need_on)::DATE AS need_month,
    date_trunc('quarter', n.need_on)::DATE AS need_quarter,
    CASE
        WHEN n.is_referral_recorded
            THEN coalesce(n.referred_on, n.ended_on, $as_of::DATE) - n.need_on
    END::INTEGER AS days_to_referral,
    CASE
        WHEN NOT n.is_referral_recorded THEN NULL
        WHEN n.referred_on IS NOT NULL THEN 1
        WHEN n.ended_on IS NOT NULL THEN 2
        ELSE 0
    END::TINYINT AS referral_event,
    CASE
        WHEN n.is_start_recorded
            THEN coalesce(n.started_on, n.ended_on, $as_of::DATE) - n.need_on
    END::INTEGER AS days_to_start,
    CASE
        WHEN NOT n.is_start_recorded THEN NULL
        WHEN n.started_on IS NOT NULL THEN 1
        WHEN n.ended_on IS NOT NULL THEN 2
        ELSE 0
    END::TINYINT AS start_event,
    -- A first contact after the need is a contradiction in the case, not a negative wait.
    CASE
        WHEN c.first_contact_on <= n.need_on THEN n.need_on - c.first_contact_on
    END::INTEGER AS days_contact_to_need,
    CASE
        WHEN n.referred_on IS NOT NULL AND n.is_start_recorded
            THEN coalesce(n.started_on, n.ended_on, $as_of::DATE) - n.referred_on
    END::INTEGER AS days_referral_to_start,
    CASE
        WHEN n.referred_on IS NULL OR NOT n.is_start_recorded THEN NULL
        WHEN n.started_on IS NOT NULL THEN 1
        WHEN n.ended_on IS NOT NULL THEN 2
        ELSE 0
    END::TINYINT AS start_after_referral_event,
    n.binding_handover,
    n.receiving_body,
    -- Known only when the whole window lies before the data cut, also where a later need has come
    -- already: counting those early would leave out the referrals that still might have none.
    CASE
        WHEN n.referred_on + $repeat_days::INTEGER <= $as_of::DATE
            THEN r.file_row_number IS NOT NULL
    END AS repeat_within_180,
    CASE
        WHEN
            n.is_end_recorded
            AND n.is_outcome_recorded
            AND n.referred_on + $repeat_days::INTEGER <= $as_of::DATE
            THEN n.started_on IS NULL AND n.outcome IS NOT DISTINCT FROM 'no_place'
                AND coalesce(n.ended_on <= n.referred_on + $repeat_days::INTEGER, FALSE)
    END AS no_place_within_180,
    CASE
        WHEN n.referred_on + $repeat_days::INTEGER <= $as_of::DATE THEN h.is_returned
    END AS return_within_180,
    -- Whether an agreement between both bodies was in force on the day of the hand-over; known where
    -- the unit delivers agreements.
    CASE
        WHEN h.step IS NOT NULL AND coalesce(k.kim_unit, d.district) IN (SELECT unit FROM agreements)
            THEN EXISTS (
                SELECT 1
                FROM agreements AS a
                WHERE
                    a.unit = coalesce(k.kim_unit, d.district)
                    AND a.signed_on <= n.referred_on
                    AND coalesce(a.valid_to >= n.referred_on, TRUE)
                    AND (
                        (a.first_body = c.provider AND a.second_body = n.receiving_body)
                        OR (a.second_body = c.provider AND a.first_body = n.receiving_body)
                    )
            )
    END AS is_under_agreement,
    h.step AS handover_step,
    CASE WHEN h.way_until <= $as_of::DATE THEN h.way_bodies END AS way_bodies,
    CASE WHEN h.way_until <= $as_of::DATE THEN h.way_met END AS way_met,
    CASE WHEN h.way_until <= $as_of::DATE THEN h.way END AS way,
    CASE WHEN h.way_until <= $as_of::DATE THEN h.way_days END AS way_days,
    CASE WHEN h.way_until <= $as_of::DATE THEN h.way_loops END AS way_loops,
    CASE
        WHEN n.recorded_on < n.need_on THEN 0
        ELSE n.recorded_on - n.need_on
    END::INTEGER AS reporting_lag_days,
    n.recorded_on,
    c.first_contact_on,
    c.opened_on,
    n.is_end_recorded,
    -- Why a need ended otherwise, before its start or after it; NULL where it has not ended so.
    CASE
        WHEN n.ended_on IS NULL THEN NULL
        WHEN n.outcome IN (
            'no_place', 'not_entitled', 'declined', 'broken_off', 'moved_away', 'contact_lost'
        ) THEN n.outcome
        ELSE 'unknown'
    END AS end_reason,
    -- Tells which needs are of one case, and nothing else: they are dealt with together.
    hash(n.district, n.case_id) AS case_hash,
    n.record_key
FROM needs AS n
LEFT JOIN repeats AS r ON n.file_row_number = r.file_row_number
LEFT JOIN handover_steps AS h ON n.file_row_number = h.file_row_number
LEFT JOIN cases AS c ON n.district = c.district AND n.case_id = c.case_id
INNER JOIN units AS d ON n.district = d.district_key AND d.municipality_key IS NULL
LEFT JOIN units AS m
    ON n.district = m.district_key AND c.municipality = m.municipality_key
LEFT JOIN kim_units AS k ON coalesce(m.municipality, d.municipality) = k.kim_unit
-- The row number makes the order total, so that the same file gives the same bytes.
ORDER BY need_month, unit, n.file_row_number
