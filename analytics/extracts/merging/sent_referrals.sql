-- One row per version of a referral, with the sender of its case.
CREATE VIEW sent AS
SELECT
    v.*,
    coalesce(a.sender, v.district) AS sender
FROM versions AS v
LEFT JOIN known_cases AS c ON v.district = c.district AND v.case_id = c.case_id
LEFT JOIN senders_apart AS a ON c.municipality = a.sender
