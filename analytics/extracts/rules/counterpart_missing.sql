-- One row per offending row: one of two columns that belong together is empty, or says "not yet". What the
-- sender does not record is missing in no row; a text that cannot be read has a finding of its own.
SELECT line, value::VARCHAR AS value, other_name AS other
FROM pair CROSS JOIN terms
WHERE
    pair.value IS NOT NULL
    AND pair.other IS NULL
    AND (pair.other_text IS NULL OR says(pair.other_note, 'not_yet'))
    AND NOT list_contains(terms.absent, other_name)
