-- One row per cell: identifier person.
SELECT line, NULL AS value, NULL AS other
FROM field
WHERE names_person(text)
