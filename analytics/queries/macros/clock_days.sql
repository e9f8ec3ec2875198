-- Days of the chosen clock: until it stopped, or until the data cut. NULL: it does not run.
CREATE MACRO clock_days(clock, to_referral, to_start, referral_to_start, contact_to_need) AS
CASE clock
    WHEN 'referral' THEN to_referral
    WHEN 'start' THEN to_start
    WHEN 'start_after_referral' THEN referral_to_start
    WHEN 'contact_to_need' THEN contact_to_need
    ELSE error(concat('unknown clock: ', clock))
END
