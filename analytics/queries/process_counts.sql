-- One row per key, code of a second dimension, unit, day and event of a process between bodies that began in the window.
-- As clock_counts.sql tells of needs: what is still open waits until the data cut.
WITH counted AS (
    SELECT
        code,
        quarter,
        across_code AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        told_day(days, $last_day, record_key) AS days,
        event,
        count(*) AS needs,
        cell_key(record_key) AS needs_key
    FROM chosen_needs(
        $by, $start, $end, $chosen, $without_group, across := $across, source := 'process_clock'
    )
    WHERE process = $process AND days IS NOT NULL
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    unit_of_key AS unit,
    days,
    event,
    needs,
    needs_key
FROM counted
ORDER BY key, series, unit, days, event
