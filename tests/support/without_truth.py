"""Indicators of needs that the demonstration states no truth of."""

WITHOUT_TRUTH = {
    "start_rate_of_referred", "restricted_mean_days_180_after_referral", "reporting_lag_days",
    "agreement_share",
}  # fmt: skip
"""Indicators of needs without a stated truth: how many of the referred start and how long they wait
depends on who was referred; the lag of entries and agreements are drawn district by district."""
