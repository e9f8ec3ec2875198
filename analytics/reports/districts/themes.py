"""Which indicators tell of a district, by the part of the promise that they speak of."""

from collections.abc import Mapping
from typing import Final, get_args

from analytics.domain.indicators import Theme, catalogue
from analytics.reports.districts.funnel import has_limits
from analytics.reports.indicators.process import optional_table

THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    theme: tuple(
        one.id
        for one in catalogue().values()
        if one.theme == theme and "district" in one.dimensions and optional_table(one) is None
    )
    for theme in get_args(Theme)
}
"""What the promise of the programmes was, and by which indicators each part of it is read.

What not everybody delivers stands on the page of cooperation: no district is held against the few.
"""

_TOLD: Final = tuple(catalogue()[name] for names in THEMES.values() for name in names)

FUNNELLED: Final = tuple(one.id for one in _TOLD if has_limits(one))
"""Indicators that have a funnel, in the scorecard's order."""

WATCHED: Final = tuple(one.id for one in _TOLD if "quarter" in one.dimensions)
"""Indicators that have a course over time."""

COURSE: Final = "median_days_to_referral"
"""Whose course is shown at first."""
