"""How far districts lie apart: by chance at their size, and as they usually do. No rank list."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.periods import Period
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.districts.case_likeness import CaseLikeness, case_likeness
from analytics.reports.districts.values import DistrictValues, district_values
from analytics.stats.counts import Floats, normal_quantile
from analytics.stats.funnel import (
    FunnelLimits,
    overdispersion,
    proportion_limits,
    proportion_scores,
    ratio_limits,
    ratio_scores,
)

LEVEL: Final = 0.95
LEAST_DISTRICTS: Final = 10
"""With values; fewer do not tell how much districts vary."""

_SHARES: Final = ("proportion", "cumulative_incidence")
_Z: Final = normal_quantile(LEVEL)


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """The districts with a value, by AGS-5, and the limits at their size: shape (D,) each.

    Attributes:
        indicator: Id of the indicator.
        keys: AGS-5.
        size: What chance depends on: observations, or for rates the expected number of cases.
        value: The districts' figures.
        baseline: The state's figure.
        chance: Limits that chance alone keeps 95 % of districts of this size within.
        usual: The same limits widened to the spread that districts do have.
        factor: By how much the usual spread's variance exceeds that of chance; 1 if it does not.
    """

    indicator: str
    keys: tuple[str, ...]
    size: Floats
    value: Floats
    baseline: float
    chance: FunnelLimits
    usual: FunnelLimits
    factor: float

    @property
    def sides(self) -> dict[str, int]:
        """Return on which side of the usual spread each district lies: -1, 0 or 1."""
        return dict(zip(self.keys, self.usual.side(self.value).tolist(), strict=True))


def has_limits(chosen: Indicator) -> bool:
    """Say whether a size tells how far chance reaches: for shares of needs, and rates of cases.

    For durations it has no exact limits; posts and money are counted in full; of processes the
    districts that deliver them are no state to lie within.
    """
    if chosen.process is not None:
        return False
    return chosen.method in _SHARES or (chosen.method == "ratio" and chosen.interval == "poisson")


@once_per_snapshot
def funnel_of(store: ParquetStore, indicator_id: str, period: Period) -> Funnel | None:
    """Return the funnel of an indicator, or None where it has no limits or too few values."""
    chosen = indicator(indicator_id)
    values = district_values(store, indicator_id, period)
    if not has_limits(chosen) or not values.state.value:
        return None
    keys = shown_districts(values)
    if len(keys) < LEAST_DISTRICTS or (chosen.unit == "share" and values.state.value == 1):
        return None
    if chosen.unit == "number":
        return rate_funnel(indicator_id, keys, values)
    alike = case_likeness(store, chosen, period, values.state.value)
    return share_funnel(indicator_id, keys, values, alike.together)


def shown_districts(values: DistrictValues) -> tuple[str, ...]:
    """Return the districts whose value and number of observations are shown."""
    shown = values.by_district.items()
    return tuple(key for key, e in shown if e.status is Status.SHOWN and e.n)


def share_funnel(
    name: str, keys: tuple[str, ...], values: DistrictValues, design_effect: float
) -> Funnel:
    """Hold shares against exact binomial limits at the number of needs that count as independent.

    That is n divided by the design effect of needs of one case, and more where a district is a part
    of the state that can be felt: it pulls the state's figure along. Where some needs are still
    open, a share rests on a little less than its n; their part is small and much the same
    everywhere, so n stands for all.
    """
    baseline = float(values.state.value or 0)
    size, value = _figures(keys, values, "n"), _figures(keys, values, "value")
    counted = np.maximum(np.round(size / design_effect / _beyond(size, values)), 1)
    scores = proportion_scores(np.round(value * counted), counted, baseline)
    factor = overdispersion(scores).factor
    chance, usual = (proportion_limits(counted, baseline, LEVEL, phi=phi) for phi in (1, factor))
    return Funnel(name, keys, size, value, baseline, chance, usual, factor)


def rate_funnel(name: str, keys: tuple[str, ...], values: DistrictValues) -> Funnel:
    """Hold rates against exact Poisson limits of the cases expected at the state's rate."""
    baseline = float(values.state.value or 0)
    cases, value = _figures(keys, values, "n"), _figures(keys, values, "value")
    expected = cases * baseline / value
    counted = expected / _beyond(expected, values)
    observed = np.round(value / baseline * counted)
    factor = overdispersion(ratio_scores(observed, counted)).factor
    chance, usual = (_scaled(ratio_limits(counted, LEVEL, phi=p), baseline) for p in (1, factor))
    return Funnel(name, keys, expected, value, baseline, chance, usual, factor)


def duration_sides(values: DistrictValues, alike: CaseLikeness) -> dict[str, int]:
    """Return on which side of the usual spread durations lie: -1, 0 or 1, by district.

    They have no exact limits. Their distance from the state's value is held against their own
    standard error, taken from the width of their interval, and against how much these scores vary
    among districts: Spiegelhalter (2005), section 4.4, with the normal approximation. A duration
    whose interval is open, or has no width, is left out.
    """
    state = values.state
    if state.value is None:
        return {}
    scores: dict[str, float] = {}
    keys = shown_districts(values)
    beyond = dict(zip(keys, _beyond(_figures(keys, values, "n"), values).tolist(), strict=True))
    for key in keys:
        own = values.of(key)
        if own.value is None or own.low is None or own.high is None or own.high == own.low:
            continue
        error = (own.high - own.low) / (2 * _Z) * np.sqrt(alike.of(key) * beyond[key])
        scores[key] = float((own.value - state.value) / error)
    if len(scores) < LEAST_DISTRICTS:
        return {}
    limit = _Z * np.sqrt(overdispersion(list(scores.values())).factor)
    return {key: int(score > limit) - int(score < -limit) for key, score in scores.items()}


def _beyond(size: Floats, values: DistrictValues) -> Floats:
    """Return the share of the state that is not the district's own.

    A district and the rest of the state differ by more than it and the state: by this share, in
    variance, chance reaches less far from the state's figure. What is uploaded is beside the state
    and may be more than all of it.
    """
    whole = max(float(values.state.n or 0), float(size.sum()))
    return np.asarray(1 - size / whole)


def _scaled(limits: FunnelLimits, rate: float) -> FunnelLimits:
    return FunnelLimits(rate, limits.low * rate, limits.high * rate, limits.confidence)


def _figures(keys: tuple[str, ...], values: DistrictValues, name: str) -> Floats:
    return np.array([getattr(values.of(key), name) for key in keys], dtype=np.float64)
