"""Whether a district's figure lies further from the state's than chance explains: no rank list."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.periods import Period
from analytics.queries.store import ParquetStore
from analytics.reports.districts.values import DistrictValues, district_values
from analytics.reports.memo import once_per_snapshot
from analytics.reports.origins import beside_invented
from analytics.stats.counts import Floats
from analytics.stats.funnel import (
    FunnelLimits,
    overdispersion,
    proportion_limits,
    proportion_scores,
    ratio_limits,
    ratio_scores,
)

INNER: Final = 0.95
OUTER: Final = 0.998
_SHARES: Final = ("proportion", "cumulative_incidence")
_LEAST_DISTRICTS: Final = 10
"""With values; fewer do not tell how much districts vary."""


class Position(StrEnum):
    """Where a figure lies; ``NONE`` where there are no limits to hold it against."""

    INSIDE = "inside"
    ABOVE_95 = "above_95"
    BELOW_95 = "below_95"
    ABOVE_998 = "above_998"
    BELOW_998 = "below_998"
    NONE = "none"

    @property
    def side(self) -> int:
        """Return 1 above and -1 below the limits, else 0."""
        return {"a": 1, "b": -1}.get(self.value[0], 0)


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """The districts with a value, by AGS-5, and the limits at their size: shape (D,) each.

    Attributes:
        indicator: Id of the indicator.
        keys: AGS-5.
        size: What chance depends on: observations, or for rates the expected number of cases.
        value: The districts' figures.
        baseline: The state's figure.
        inner: Limits that chance alone keeps 95 % of districts within.
        outer: The same for 99.8 %.
        factor: By how much the limits' variance was widened, as districts vary by more than chance.
        positions: Where each district lies.
    """

    indicator: str
    keys: tuple[str, ...]
    size: Floats
    value: Floats
    baseline: float
    inner: FunnelLimits
    outer: FunnelLimits
    factor: float
    positions: tuple[Position, ...]

    def position(self, district: str) -> Position:
        """Return where a district lies."""
        found = dict(zip(self.keys, self.positions, strict=True))
        return found.get(district, Position.NONE)


def has_limits(chosen: Indicator) -> bool:
    """Say whether chance has a known size: shares of needs, and rates of cases.

    For durations it has none that is exact; posts and money are counted in full.
    """
    return chosen.method in _SHARES or (chosen.method == "ratio" and chosen.interval == "poisson")


@once_per_snapshot
def funnel_of(store: ParquetStore, indicator_id: str, period: Period) -> Funnel | None:
    """Return the funnel of an indicator, or None where it has no limits or too few values."""
    chosen = indicator(indicator_id)
    values = district_values(store, indicator_id, period)
    if not has_limits(chosen) or not values.state.value:
        return None
    keys = tuple(key for key, e in values.by_district.items() if e.status is Status.SHOWN and e.n)
    if len(keys) < _LEAST_DISTRICTS or (chosen.unit == "share" and values.state.value == 1):
        return None
    make = share_funnel if chosen.unit == "share" else rate_funnel
    return _judged(make(indicator_id, keys, values), store, chosen)


def _judged(found: Funnel, store: ParquetStore, chosen: Indicator) -> Funnel:
    """Return the funnel without a position for who has delivered while others are invented."""
    positions = (
        Position.NONE if beside_invented(store.manifest, chosen.tables, key) else position
        for key, position in zip(found.keys, found.positions, strict=True)
    )
    return replace(found, positions=tuple(positions))


def share_funnel(name: str, keys: tuple[str, ...], values: DistrictValues) -> Funnel:
    """Hold shares against exact binomial limits.

    Where some needs are still open, a share rests on a little less than its n; their part is small
    and much the same everywhere, so n stands for all.
    """
    baseline = float(values.state.value or 0)
    size = _figures(keys, values, "n")
    value = _figures(keys, values, "value")
    scores = proportion_scores(np.round(value * size), size, baseline)
    factor = overdispersion(scores).factor
    inner, outer = (proportion_limits(size, baseline, c, phi=factor) for c in (INNER, OUTER))
    positions = _positions(value, inner, outer)
    return Funnel(name, keys, size, value, baseline, inner, outer, factor, positions)


def rate_funnel(name: str, keys: tuple[str, ...], values: DistrictValues) -> Funnel:
    """Hold rates against exact Poisson limits of the cases expected at the state's rate."""
    baseline = float(values.state.value or 0)
    cases = _figures(keys, values, "n")
    value = _figures(keys, values, "value")
    expected = cases * baseline / value
    factor = overdispersion(ratio_scores(cases, expected)).factor
    inner, outer = (
        _scaled(ratio_limits(expected, confidence, phi=factor), baseline)
        for confidence in (INNER, OUTER)
    )
    positions = _positions(value, inner, outer)
    return Funnel(name, keys, expected, value, baseline, inner, outer, factor, positions)


def _scaled(limits: FunnelLimits, rate: float) -> FunnelLimits:
    return FunnelLimits(rate, limits.low * rate, limits.high * rate, limits.confidence)


def _figures(keys: tuple[str, ...], values: DistrictValues, name: str) -> Floats:
    return np.array([getattr(values.of(key), name) for key in keys], dtype=np.float64)


def _positions(value: Floats, inner: FunnelLimits, outer: FunnelLimits) -> tuple[Position, ...]:
    sides = zip(inner.side(value).tolist(), outer.side(value).tolist(), strict=True)
    return tuple(_position(near, far) for near, far in sides)


def _position(inner: int, outer: int) -> Position:
    if outer:
        return Position.ABOVE_998 if outer > 0 else Position.BELOW_998
    if inner:
        return Position.ABOVE_95 if inner > 0 else Position.BELOW_95
    return Position.INSIDE
