-- One row per district, offer area and office: needs that were followed for $limit days, and of the
-- days that they waited in them the sums and the sums of squares: in all, before the referral, and
-- between referral and start. A need waits until it starts or ends otherwise. All of these needs
-- are observed to the end of the window, so nothing is estimated; where referrals, starts or ends are
-- not recorded, nothing is known.
WITH waited AS (
    SELECT
        district,
        offer_area,
        coalesce(provider, 'unknown') AS provider,
        least(greatest(days_to_start, days_to_referral), $limit::INTEGER)::DOUBLE AS in_all,
        least(days_to_referral, $limit::INTEGER)::DOUBLE AS until_referral
    FROM chosen_needs('state', $start, $end)
    WHERE need_on <= $as_of::DATE - $limit::INTEGER
        AND days_to_start IS NOT NULL
        AND days_to_referral IS NOT NULL
        AND is_end_recorded
)

SELECT
    district,
    offer_area,
    provider,
    count(*) AS needs,
    sum(in_all) AS in_all,
    sum(in_all * in_all) AS in_all_squares,
    sum(until_referral) AS until_referral,
    sum(until_referral * until_referral) AS until_referral_squares,
    sum(in_all - until_referral) AS after_referral,
    sum((in_all - until_referral) * (in_all - until_referral)) AS after_referral_squares
FROM waited
GROUP BY district, offer_area, provider
ORDER BY district, offer_area, provider
