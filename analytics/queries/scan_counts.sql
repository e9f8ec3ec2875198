-- One row per district, period and cell: how often the chosen thing happened, out of how many needs
-- it could have. A cell is a code of one field, a pair of codes of two fields, a quarter, or all
-- needs; the columns of fields that it does not tell apart are NULL. One scan counts all cells.
-- $day: a share by a day of a clock, of the needs that were followed for that many days, so that
-- nothing is censored; NULL: what the indicator counts.
-- Rows come in no order: they are put into arrays by their codes.
-- Rows with `is_of_district` are all needs of a district, the others those that the state counts.
WITH judged AS (
    SELECT
        left(unit, 5) AS district,
        need_on >= $start AS is_now,
        unit_group,
        need_quarter AS quarter,
        offer_area,
        legal_regime,
        residence_status,
        sex,
        age_group,
        coalesce(provider, 'unknown') AS provider,
        coalesce(access_path, 'unknown') AS access_path,
        -- Where all needs count, it is known only of those that were referred: one cell for all.
        CASE WHEN $of_referred THEN coalesce(receiving_body, 'unknown') ELSE '' END
            AS receiving_body,
        CASE
            WHEN $day IS NULL
                THEN has_happened(
                    $indicator, $as_of::DATE, need_on, is_end_recorded, days_to_referral,
                    referral_event, binding_handover, repeat_within_180, is_under_agreement
                )
            ELSE has_happened_by(
                $day,
                $as_of::DATE - need_on
                - CASE WHEN $clock = 'start_after_referral' THEN days_to_referral ELSE 0 END,
                clock_days(
                    $clock, days_to_referral, days_to_start, days_referral_to_start,
                    days_contact_to_need
                ),
                clock_event($clock, referral_event, start_event, start_after_referral_event)
            )
        END AS happened,
        record_key
    FROM chosen_needs('state', least($start, $before_start), greatest($end, $before_end), $chosen)
    WHERE (need_on >= $start AND need_on < $end)
        OR (need_on >= $before_start AND need_on < $before_end)
),

counted AS (
    SELECT
        FALSE AS is_of_district,
        district,
        is_now,
        quarter,
        offer_area,
        legal_regime,
        residence_status,
        sex,
        age_group,
        provider,
        access_path,
        receiving_body,
        count(*) FILTER (WHERE happened) AS events,
        count(*) AS trials,
        cell_key(CASE WHEN happened THEN record_key END) AS events_key,
        cell_key(record_key) AS trials_key
    FROM judged
    WHERE happened IS NOT NULL
        AND ($without_group IS NULL OR unit_group <> $without_group)
    GROUP BY GROUPING SETS (
        (district, is_now),
        (district, is_now, quarter),
        (district, is_now, offer_area),
        (district, is_now, legal_regime),
        (district, is_now, residence_status),
        (district, is_now, sex),
        (district, is_now, age_group),
        (district, is_now, provider),
        (district, is_now, access_path),
        (district, is_now, receiving_body),
        (district, is_now, offer_area, legal_regime),
        (district, is_now, offer_area, residence_status),
        (district, is_now, offer_area, sex),
        (district, is_now, offer_area, age_group),
        (district, is_now, offer_area, provider),
        (district, is_now, offer_area, access_path),
        (district, is_now, offer_area, receiving_body),
        (district, is_now, legal_regime, residence_status),
        (district, is_now, legal_regime, sex),
        (district, is_now, legal_regime, age_group),
        (district, is_now, legal_regime, provider),
        (district, is_now, legal_regime, access_path),
        (district, is_now, legal_regime, receiving_body),
        (district, is_now, residence_status, sex),
        (district, is_now, residence_status, age_group),
        (district, is_now, residence_status, provider),
        (district, is_now, residence_status, access_path),
        (district, is_now, residence_status, receiving_body),
        (district, is_now, sex, age_group),
        (district, is_now, sex, provider),
        (district, is_now, sex, access_path),
        (district, is_now, sex, receiving_body),
        (district, is_now, age_group, provider),
        (district, is_now, age_group, access_path),
        (district, is_now, age_group, receiving_body),
        (district, is_now, provider, access_path),
        (district, is_now, provider, receiving_body),
        (district, is_now, access_path, receiving_body)
    )
    UNION ALL BY NAME
    SELECT
        TRUE AS is_of_district,
        district,
        is_now,
        count(*) FILTER (WHERE happened) AS events,
        count(*) AS trials,
        cell_key(CASE WHEN happened THEN record_key END) AS events_key,
        cell_key(record_key) AS trials_key
    FROM judged
    WHERE happened IS NOT NULL
        AND (
            $without_group_of_districts IS NULL OR unit_group <> $without_group_of_districts
        )
    GROUP BY district, is_now
)

SELECT
    is_of_district,
    district,
    is_now,
    strftime(quarter, '%Y-%m-%d') AS quarter,
    * EXCLUDE (is_of_district, district, is_now, quarter)
FROM counted
