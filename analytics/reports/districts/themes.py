"""Which indicators tell of a district, by the part of the promise that they speak of."""

from collections.abc import Mapping
from typing import Final

from analytics.domain.indicators import indicator
from analytics.reports.districts.funnel import has_limits

THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "speed": (
        "median_days_to_referral",
        "share_referred_30d",
        "share_referred_90d",
        "restricted_mean_days_180",
        "median_days_to_start",
        "share_started_180d",
        "open_over_180d_share",
    ),
    "fit": ("start_rate_of_referred", "repeat_referral_share"),
    "bindingness": ("binding_handover_share",),
    "means": ("cases_per_fte", "posts_filled_share", "modules_started", "funding_per_1000_foreign"),
    "context": ("cases_per_1000_foreign", "foreign_share", "reporting_lag_days"),
}
"""What the promise of the programmes was, and by which indicators each part of it is read."""

_NAMES: Final = tuple(name for names in THEMES.values() for name in names)

FUNNELLED: Final = tuple(name for name in _NAMES if has_limits(indicator(name)))
"""Indicators that have a funnel, in the scorecard's order."""

COURSE: Final = "median_days_to_referral"
"""Whose course is shown at first."""

WATCHED: Final = tuple(name for name in _NAMES if "quarter" in indicator(name).dimensions)
"""Indicators that have a course over time."""
