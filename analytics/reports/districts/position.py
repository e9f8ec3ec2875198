"""A district's position: whether it differs from the rest of the state, and whether unusually."""

import math
from dataclasses import dataclass
from typing import Final

from analytics.domain.estimates import Estimate, Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.periods import Period
from analytics.domain.position import DIRECTIONS, Comparison, Position, Reason, Spread, unplaced
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.origins import beside_invented
from analytics.reports.districts.case_likeness import case_likeness
from analytics.reports.districts.funnel import (
    LEAST_DISTRICTS,
    LEVEL,
    duration_sides,
    funnel_of,
    has_limits,
)
from analytics.reports.districts.rest import rest_estimates
from analytics.reports.districts.values import district_values
from analytics.stats.counts import normal_quantile
from analytics.stats.difference import Bounded, difference, widened

_MEDIANS: Final = ("survival_median", "median")
_ROUNDING: Final = normal_quantile(LEVEL) / math.sqrt(12)
"""Half of the interval of an error that is spread evenly over a day."""

_SPREADS: Final = {1: Spread.ABOVE, -1: Spread.BELOW, 0: Spread.USUAL}


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The positions of all districts in one indicator.

    Attributes:
        by_district: By AGS-5.
        queries: What was asked beyond the values themselves.
    """

    by_district: dict[str, Position]
    queries: tuple[ExecutedQuery, ...]

    def of(self, district: str) -> Position:
        """Return the position of a district."""
        return self.by_district.get(district, unplaced(Reason.UNSHOWN))


@once_per_snapshot
def positions(store: ParquetStore, indicator_id: str, period: Period) -> Positions:
    """Return both statements on each district's figure of an indicator."""
    chosen = indicator(indicator_id)
    values = district_values(store, indicator_id, period)
    state = values.state
    shown = {key: e for key, e in values.by_district.items() if e.status is Status.SHOWN}
    if chosen.is_complete:
        return Positions(dict.fromkeys(values.by_district, unplaced(Reason.COMPLETE)), ())
    if chosen.process is not None:
        # Only some districts deliver it: "the rest of the state" would be these.
        return Positions(dict.fromkeys(values.by_district, unplaced(Reason.PARTIAL)), ())
    if state.value is None or len(shown) < LEAST_DISTRICTS:
        return Positions(dict.fromkeys(values.by_district, unplaced(Reason.FEW)), ())
    rest, asked = rest_estimates(store, chosen, period)
    alike = case_likeness(store, chosen, period, state.value)
    funnel = funnel_of(store, indicator_id, period)
    if has_limits(chosen):
        sides = funnel.sides if funnel else {}
    else:
        sides = duration_sides(values, alike)
    found = {}
    for key, own in shown.items():
        if beside_invented(store.manifest, chosen.tables, key):
            found[key] = unplaced(Reason.INVENTED)
            continue
        effects = (alike.of(key), alike.together)
        found[key] = position_of(chosen, own, rest.get(key), state.value, effects, sides.get(key))
    return Positions(found, (*asked, *alike.queries))


def position_of(
    chosen: Indicator,
    own: Estimate,
    rest: Estimate | None,
    state: float,
    effects: tuple[float, float],
    side: int | None,
) -> Position:
    """Return both statements on one figure.

    The difference has the interval of Newcombe (1998), or for other figures than shares its
    extension by Zou & Donner (2008), from both intervals widened by the design effects of needs of
    one case. Whoever lies clear of the rest differs from it. Medians are whole days; what rounding
    adds to their variance (a twelfth, Sheppard 1898) is added.

    Args:
        chosen: The indicator.
        own: The district's figure.
        rest: That of all other districts together.
        state: The state's value.
        effects: Design effects of the district's figure and of the rest's.
        side: Of the usual spread on which the figure lies; None where it is not known.
    """
    pair = [_bounded(each) for each in (own, rest)]
    if pair[0] is None or pair[1] is None or rest is None or rest.value is None:
        return unplaced(Reason.UNSHOWN)
    first, second = (
        widened(_whole_days(chosen, each), effect)
        for each, effect in zip((pair[0], pair[1]), effects, strict=True)
    )
    gap = difference(first, second)
    compared = _comparison(chosen, gap.low, gap.high, _is_apart(pair[0], (rest.value, state)))
    return Position(
        comparison=compared,
        spread=_spread(side, compared),
        rest=rest.value,
        difference=gap.estimate,
        low=gap.low if math.isfinite(gap.low) else None,
        high=gap.high if math.isfinite(gap.high) else None,
    )


def _comparison(chosen: Indicator, low: float, high: float, is_apart: bool) -> Comparison:
    side = int(low > 0) - int(high < 0)
    if side:
        return DIRECTIONS[chosen.better][side]
    return Comparison.UNSURE if is_apart else Comparison.ALIKE


def _spread(side: int | None, compared: Comparison) -> Spread:
    """Return where it lies; what is not told apart from the rest cannot be unusual among districts.

    Limits and intervals of the same figure can disagree by a hair where the usual spread is chance.
    """
    if side is None:
        return Spread.NONE
    return _SPREADS[side if compared.is_different else 0]


def _is_apart(own: Bounded, others: tuple[float, ...]) -> bool:
    """Say whether the district's interval, as it is shown, leaves out any of these values."""
    return any(not own.low <= other <= own.high for other in others)


def _whole_days(chosen: Indicator, given: Bounded) -> Bounded:
    """Return a median with the uncertainty that whole days add to it; other figures as they are."""
    if chosen.method not in _MEDIANS:
        return given
    value = given.estimate
    below, above = (math.hypot(gap, _ROUNDING) for gap in (value - given.low, given.high - value))
    return Bounded(value, value - below, value + above)


def _bounded(estimate: Estimate | None) -> Bounded | None:
    """Return value and interval, open on a side where the data give no limit."""
    if estimate is None or estimate.status is not Status.SHOWN or estimate.value is None:
        return None
    if estimate.low is None and estimate.high is None:
        return None
    low = -math.inf if estimate.low is None else float(estimate.low)
    high = math.inf if estimate.high is None else float(estimate.high)
    return Bounded(float(estimate.value), low, high)
