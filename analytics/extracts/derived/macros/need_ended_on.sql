-- The day a need ended otherwise: an end counts only with its date and an outcome other than `open`.
-- A need is open that has neither this day nor that of its referral, wherever open needs are told.
CREATE MACRO need_ended_on(outcome, ended_on) AS
CASE WHEN outcome IS DISTINCT FROM 'open' THEN ended_on END
