-- The day a need was referred: a start without a recorded referral is one, at the latest on that day.
CREATE MACRO need_referred_on(referred_on, started_on) AS coalesce(referred_on, started_on)
