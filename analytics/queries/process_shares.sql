-- One row per key, code of a second dimension and unit: how often what a process tells of happened, out of how many.
WITH counted AS (
    SELECT
        code,
        quarter,
        across_code AS series,
        CASE WHEN $split_by_unit THEN unit ELSE '' END AS unit_of_key,
        count(*) FILTER (WHERE happened) AS events,
        count(happened) AS trials,
        cell_key(CASE WHEN happened THEN record_key END) AS events_key,
        cell_key(CASE WHEN happened IS NOT NULL THEN record_key END) AS trials_key
    FROM chosen_needs(
        $by, $start, $end, $chosen, $without_group, across := $across, source := 'process_clock'
    )
    WHERE process = $process
    GROUP BY ALL
)

SELECT
    coalesce(strftime(quarter, '%Y-%m-%d'), code) AS key,
    series,
    unit_of_key AS unit,
    events,
    trials,
    events_key,
    trials_key
FROM counted
ORDER BY key, series, unit
