-- One row per offending row: valid to before from.
SELECT line, 'valid_to' AS field, valid_to::VARCHAR AS value, valid_from::VARCHAR AS other
FROM staged
WHERE valid_to < valid_from
