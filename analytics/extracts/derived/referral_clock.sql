-- One row per referral (a need of a case in one offer area), open ones included: the referral
-- clock and the start clock, both from the day the need was recorded, at the data cut $as_of.
--
-- Referral clock: 1 referred, at the referral; 2 ended without referral, at the end; 0 still open,
-- at the data cut. Start clock: 1 started, at the start; 2 ended without start, at the end; 0 still
-- open, at the data cut. Edge cases:
-- * A referral that came to nothing (no place, declined, …) is event 1 on the referral clock and
--   event 2 on the start clock.
-- * A start without a recorded referral is a referral too, at the latest on the day of the start.
-- * An end counts only with its date and an outcome other than `open`; an outcome without a date
--   cannot be placed on the clock, so the need stays open.
-- * An end after the start (broken off) does not move either clock: the start came first.
-- * A closed case does not close its needs; the need's own dates decide.
-- * Dates after the data cut cannot occur: the check sends such rows to quarantine, and publishing
--   refuses clocks below zero.
-- * A referral whose case was taken out by a later delivery stays, with unknown case attributes.
COPY (
    WITH needs AS (
        SELECT
            district,
            case_id,
            referral_id,
            offer_area,
            need_recorded_on AS need_on,
            coalesce(referred_on, started_on) AS referred_on,
            started_on,
            CASE WHEN outcome IS DISTINCT FROM 'open' THEN ended_on END AS ended_on,
            binding_handover,
            recorded_on
        FROM referrals
    ),
    -- The next need of the same case in the same offer area after the referral, if any.
    followed AS (
        SELECT
            n.*,
            later.need_on AS next_need_on
        FROM needs AS n
        ASOF LEFT JOIN needs AS later
            ON
                n.district = later.district
                AND n.case_id = later.case_id
                AND n.offer_area = later.offer_area
                AND n.referred_on < later.need_on
    )
    SELECT
        d.district,
        coalesce(m.municipality, d.municipality) AS municipality,
        coalesce(m.unit, d.unit) AS unit,
        coalesce(m.unit_group, d.unit_group) AS unit_group,
        f.offer_area,
        c.provider,
        coalesce(c.legal_regime, 'unknown') AS legal_regime,
        coalesce(c.residence_status, 'unknown') AS residence_status,
        coalesce(c.age_group, 'unknown') AS age_group,
        c.access_path,
        f.need_on,
        date_trunc('month', f.need_on)::DATE AS need_month,
        date_trunc('quarter', f.need_on)::DATE AS need_quarter,
        (coalesce(f.referred_on, f.ended_on, $as_of::DATE) - f.need_on)::INTEGER
            AS days_to_referral,
        CASE
            WHEN f.referred_on IS NOT NULL THEN 1
            WHEN f.ended_on IS NOT NULL THEN 2
            ELSE 0
        END::TINYINT AS referral_event,
        (coalesce(f.started_on, f.ended_on, $as_of::DATE) - f.need_on)::INTEGER AS days_to_start,
        CASE
            WHEN f.started_on IS NOT NULL THEN 1
            WHEN f.ended_on IS NOT NULL THEN 2
            ELSE 0
        END::TINYINT AS start_event,
        -- A first contact after the need is a contradiction in the case, not a negative wait.
        CASE
            WHEN c.first_contact_on <= f.need_on THEN f.need_on - c.first_contact_on
        END::INTEGER AS days_contact_to_need,
        CASE
            WHEN f.referred_on IS NOT NULL
                THEN coalesce(f.started_on, f.ended_on, $as_of::DATE) - f.referred_on
        END::INTEGER AS days_referral_to_start,
        CASE
            WHEN f.referred_on IS NULL THEN NULL
            WHEN f.started_on IS NOT NULL THEN 1
            WHEN f.ended_on IS NOT NULL THEN 2
            ELSE 0
        END::TINYINT AS start_after_referral_event,
        f.binding_handover,
        -- Known only when all 180 days lie before the data cut, also where a later need has come
        -- already: counting those early would leave out the referrals that still might have none.
        CASE
            WHEN f.referred_on + 180 <= $as_of::DATE
                THEN coalesce(f.next_need_on <= f.referred_on + 180, FALSE)
        END AS repeat_within_180,
        CASE
            WHEN f.recorded_on < f.need_on THEN 0
            ELSE f.recorded_on - f.need_on
        END::INTEGER AS reporting_lag_days,
        f.recorded_on,
        c.first_contact_on
    FROM followed AS f
    LEFT JOIN cases AS c ON f.district = c.district AND f.case_id = c.case_id
    INNER JOIN units AS d ON f.district = d.district_key AND d.municipality_key IS NULL
    LEFT JOIN units AS m
        ON f.district = m.district_key AND c.municipality = m.municipality_key
    -- The key at the end makes the order total, so that the same rows give the same bytes.
    ORDER BY need_month, unit, f.district, f.referral_id
) TO $target (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
