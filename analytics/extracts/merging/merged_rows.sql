-- The rows of the new snapshot in the order of their keys, so that the same rows give the same bytes.
SELECT * EXCLUDE (is_delivered, sender, row_key)
FROM merged
ORDER BY row_key
