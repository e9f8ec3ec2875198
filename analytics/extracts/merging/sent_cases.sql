-- One row per version of a case, with its sender: the district, or the town that KIM counts apart
-- from its district. Such a town delivers for itself: the district's delivery must not take out
-- the town's cases, nor the town's those of the district.
CREATE VIEW sent AS
SELECT
    v.*,
    coalesce(a.sender, v.district) AS sender
FROM versions AS v
LEFT JOIN senders_apart AS a ON v.municipality = a.sender
