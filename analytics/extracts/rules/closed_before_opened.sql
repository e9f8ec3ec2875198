-- One row per offending row: closed before opened.
SELECT line, 'closed_on' AS field, closed_on::VARCHAR AS value, opened_on::VARCHAR AS other
FROM staged
WHERE closed_on < opened_on
