-- One row per version of a row that belongs to a case, with the sender of the case.
CREATE VIEW sent AS
SELECT
    v.*,
    coalesce(a.sender, v.district) AS sender
FROM versions AS v
LEFT JOIN known_cases AS c ON v.district = c.district AND v.case_id = c.case_id
LEFT JOIN senders_apart AS a ON c.municipality = a.sender
