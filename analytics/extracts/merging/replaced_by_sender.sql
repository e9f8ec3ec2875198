-- One row per row of the new snapshot: what was delivered, and what other senders have in force.
CREATE VIEW merged AS
SELECT *
FROM sent
WHERE is_delivered OR sender NOT IN (SELECT sender FROM replaced_senders)
