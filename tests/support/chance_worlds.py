"""States whose districts differ by chance alone, or by more: counts as queries return them.

Needs of one case are alike in all of them; districts share one probability or pace unless told
apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.position import Position
from analytics.reports.districts.position import position_of
from analytics.reports.districts.rest import REST, without_each
from analytics.reports.indicators.indicator_estimates import estimated
from analytics.reports.indicators.indicator_values import row_estimate
from analytics.stats.likeness import design_effects, intraclass_correlation

DISTRICTS = 53
KEYS = tuple(f"{number:03d}" for number in range(DISTRICTS))
CASE_LIKENESS = 0.8
"""Standard deviation of what the needs of one case share, on the scale of log odds or log days."""


@dataclass(frozen=True)
class World:
    """An indicator's counts by district, and what the likeness of needs costs."""

    chosen: Indicator
    counts: pd.DataFrame
    effects: np.ndarray
    """Design effects of the districts, and last of the state."""

    @cached_property
    def _own_and_rest(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        own, rest = (
            estimated(self.chosen, counts).set_index("key")
            for counts in (self.counts, without_each(self.counts))
        )
        return own, rest

    def positions(self, *, is_clustered: bool = True, side: int = 0) -> list[Position]:
        """Return the positions of all districts shown.

        Args:
            is_clustered: False as if needs were independent.
            side: Of the usual spread on which all are said to lie.
        """
        own, rest = self._own_and_rest
        found = []
        for place, key in enumerate(KEYS):
            if key not in own.index or own.loc[key, "status"] != Status.SHOWN:
                continue
            beside = row_estimate(rest.loc[f"{REST}{key}"])
            effects = (float(self.effects[place]), float(self.effects[-1]))
            found.append(
                position_of(
                    self.chosen,
                    row_estimate(own.loc[key]),
                    beside,
                    float(beside.value or 0),
                    effects if is_clustered else (1.0, 1.0),
                    side,
                )
            )
        return found


@dataclass(frozen=True)
class _Needs:
    district: np.ndarray
    case: np.ndarray
    shared: np.ndarray
    """What the needs of a case, and of a district where districts differ, have in common."""


def _needs(rng: np.random.Generator, spread: float) -> _Needs:
    """Draw 40 to 1,500 cases a district, of 1 and mostly more needs."""
    cases = np.exp(rng.uniform(np.log(40), np.log(1500), DISTRICTS)).astype(np.int64)
    of_case = np.repeat(np.arange(DISTRICTS), cases)
    case = np.repeat(np.arange(of_case.size), 1 + rng.poisson(1.5, of_case.size))
    shared = rng.normal(0, CASE_LIKENESS, of_case.size) + rng.normal(0, spread, DISTRICTS)[of_case]
    return _Needs(of_case[case], case, shared[case])


def _effects(needs: _Needs, outcome: np.ndarray) -> np.ndarray:
    """Return design effects from the sums that `case_likeness.sql` returns; missing is censored."""
    frame = pd.DataFrame(
        {"district": needs.district, "case": needs.case, "y": outcome, "square": outcome**2}
    )
    cases = frame.groupby(["district", "case"]).agg(
        counted=("case", "size"),
        needs=("y", "count"),
        total=("y", "sum"),
        squares=("square", "sum"),
    )
    cases["known"] = cases["needs"] > 0
    cases["needs_squares"], cases["counted_squares"] = cases["needs"] ** 2, cases["counted"] ** 2
    cases["between"] = cases["total"] ** 2 / cases["needs"].clip(lower=1)
    sums = cases.groupby("district").agg("sum").reindex(range(DISTRICTS), fill_value=0)
    names = ("known", "needs", "needs_squares", "total", "squares", "between")
    alike = intraclass_correlation(*(sums[name] for name in names))
    sizes = [np.append(sums[name], sums[name].sum()) for name in ("counted", "counted_squares")]
    return design_effects(alike, *sizes)


def shares(rng: np.random.Generator, spread: float = 0.0) -> World:
    """Draw handovers that are binding or not."""
    needs = _needs(rng, spread)
    binding = (rng.random(needs.case.size) < 1 / (1 + np.exp(-0.3 - needs.shared))).astype(float)
    counts = pd.DataFrame(
        {
            "key": KEYS,
            "events": np.bincount(needs.district, binding, DISTRICTS).astype(np.int64),
            "trials": np.bincount(needs.district, minlength=DISTRICTS),
        }
    )
    return World(indicator("binding_handover_share"), counts, _effects(needs, binding))


def clock(name: str) -> Callable[..., World]:
    """Return a drawer of waits for a referral, some ended otherwise and some still open."""

    def draw(rng: np.random.Generator, spread: float = 0.0) -> World:
        chosen, needs = indicator(name), _needs(rng, spread)
        size = needs.case.size
        waits = rng.exponential(60 * np.exp(needs.shared)).astype(np.int64)
        ends = rng.exponential(400, size).astype(np.int64)
        days = np.minimum.reduce([waits, ends, rng.integers(200, 900, size)])
        event = np.where(days == waits, 1, np.where(days == ends, 2, 0))
        rows = {"key": np.array(KEYS)[needs.district], "series": "", "days": days, "event": event}
        counts = pd.DataFrame(rows).value_counts().rename("needs").reset_index()
        day = float(np.median(waits)) if chosen.parameter is None else chosen.day
        is_cause_free = chosen.method == "cumulative_incidence"
        known = (event > 0 if is_cause_free else event == 1) | (days >= day)
        if chosen.method == "restricted_mean":
            outcome = np.where(known, np.minimum(days, day), np.nan)
        else:
            outcome = np.where(known, (event == 1) & (days <= day), np.nan)
        return World(chosen, counts, _effects(needs, outcome.astype(float)))

    return draw


def lags(rng: np.random.Generator, spread: float = 0.0) -> World:
    """Draw reporting lags in whole days."""
    needs = _needs(rng, spread)
    days = rng.exponential(8 * np.exp(needs.shared)).astype(np.int64)
    rows = {"key": np.array(KEYS)[needs.district], "days": days}
    counts = pd.DataFrame(rows).value_counts().rename("needs").reset_index()
    outcome = (days <= np.median(days)).astype(float)
    return World(indicator("reporting_lag_days"), counts, _effects(needs, outcome))


def rates(rng: np.random.Generator, spread: float = 0.0) -> World:
    """Draw cases, which are independent of each other."""
    residents = np.exp(rng.uniform(np.log(5_000), np.log(500_000), DISTRICTS))
    pace = np.exp(rng.normal(0, spread, DISTRICTS))
    counts = pd.DataFrame(
        {
            "key": KEYS,
            "numerator": rng.poisson(residents * 0.004 * pace).astype(float),
            "denominator": residents,
        }
    )
    return World(indicator("cases_per_1000_foreign"), counts, np.ones(DISTRICTS + 1))
