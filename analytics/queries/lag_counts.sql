-- One row per key, code of a second dimension, unit and lag in days: needs recorded in the window whose date of entry is known.
WITH counted AS (
    SELECT
        code,
        quarter,
        across_code AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        reporting_lag_days AS days,
        count(*) AS needs,
        cell_key(record_key) AS needs_key
    FROM chosen_needs($by, $start, $end, $chosen, $without_group, across := $across)
    WHERE reporting_lag_days IS NOT NULL
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    unit_of_key AS unit,
    days,
    needs,
    needs_key
FROM counted
ORDER BY key, series, unit, days
