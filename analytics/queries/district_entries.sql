-- One row: when a need of a district was last entered into its software, and how many there are.
SELECT max(recorded_on) AS last_entry, count(recorded_on) AS entries
FROM referral_clock
WHERE district = $district
