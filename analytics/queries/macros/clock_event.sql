-- What stopped the chosen clock: 1 what it waits for, 2 another end, 0 nothing yet.
CREATE MACRO clock_event(clock, referral, start, start_after_referral) AS
CASE clock
    WHEN 'referral' THEN referral
    WHEN 'start' THEN start
    WHEN 'start_after_referral' THEN start_after_referral
    WHEN 'contact_to_need' THEN 1
    ELSE error(concat('unknown clock: ', clock))
END
