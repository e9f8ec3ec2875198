"""The published figures once more, from the code that the pages use."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from analytics.domain.published_figures import (
    CohortMean,
    PublishedFigure,
    control_chart_series,
    medicaid_event_study,
    minimum_wage_means,
    remissions,
)
from analytics.stats.control_chart import xmr
from analytics.stats.counts import Floats
from analytics.stats.difference import Bounded, difference
from analytics.stats.funnel import ratio_limits
from analytics.stats.honest import relative_magnitudes
from analytics.stats.imputation import NEVER
from analytics.stats.intervals import poisson, wilson
from analytics.stats.logrank import logrank
from analytics.stats.staggered import staggered_effects
from analytics.stats.survival import kaplan_meier

_WIDE: Final = 0.998
# Years before the expansion of Medicaid, and how many values R's HonestDiD tries.
_BEFORE: Final = 5
_GRID: Final = 1000
_CLUSTERS: Final = 10


def recomputed(figure: PublishedFigure) -> float:
    """Return the figure as this program computes it.

    Raises:
        KeyError: If the program does not know how: a mistake in the file of figures.
    """
    return _values(figure.group, figure.data, figure.at)[figure.quantity]


@cache
def _values(group: str, data: str, at: str) -> dict[str, float]:
    """Return all quantities of one computation: both limits of an interval come together."""
    return _METHODS[group](data, at)


def _wilson(data: str, _: str) -> dict[str, float]:
    events, trials = _numbers(data)
    usual, wide = wilson(events, trials), wilson(events, trials, _WIDE)
    return {
        "low": float(usual.low),
        "high": float(usual.high),
        "low_998": float(wide.low),
        "high_998": float(wide.high),
    }


def _difference(data: str, _: str) -> dict[str, float]:
    first, second = (wilson(*_numbers(part)) for part in data.split("−"))
    found = difference(
        *(Bounded(float(e.estimate), float(e.low), float(e.high)) for e in (first, second))
    )
    return {"low": found.low, "high": found.high}


def _poisson(data: str, _: str) -> dict[str, float]:
    interval = poisson(_numbers(data)[0])
    return {"low": float(interval.low), "high": float(interval.high)}


def _kaplan_meier(data: str, at: str) -> dict[str, float]:
    curve = kaplan_meier(*_arm(data))
    return {"survival": float(curve.estimate[curve.days <= int(at)][-1])}


def _logrank(data: str, _: str) -> dict[str, float]:
    arms = [_arm(name) for name in data.split(", ")]
    return {"statistic": logrank(arms).statistic}


def _funnel(data: str, _: str) -> dict[str, float]:
    usual, wide = ratio_limits(_numbers(data)), ratio_limits(_numbers(data), _WIDE)
    return {
        "low": float(usual.low[0]),
        "high": float(usual.high[0]),
        "low_998": float(wide.low[0]),
        "high_998": float(wide.high[0]),
    }


def _control_chart(_: str, __: str) -> dict[str, float]:
    (segment,) = xmr(control_chart_series(), screened=False).segments
    limits = {"limit_low": segment.low, "limit_high": segment.high}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    return {"mean": segment.mean, **known}


def _staggered(_: str, at: str) -> dict[str, float]:
    """Return the effect in a year on those who started in another, never treated as the pool."""
    group, year = _numbers(at)
    means = [each for each in minimum_wage_means() if each.start in (0, group)]
    years = sorted({each.year for each in means})
    # An effect compares means, so every county may stand at its group's mean.
    values = np.vstack([_counties(means, start) for start in (0, group)])
    # Before the start, the printed effect is the change since the year before: a start put there.
    first = years.index(min(group, year))
    never = _counties(means, 0).shape[0]
    starts = np.where(np.arange(len(values)) < never, NEVER, first)
    # Only the estimate is compared, so a few clusters are enough for its unused error.
    clusters = np.arange(len(values)) % _CLUSTERS
    result = staggered_effects(values, starts, clusters, base=1)
    (effect,) = [each for each in result.effects if each.quarter == years.index(year)]
    return {"effect": effect.estimate}


def _counties(means: Sequence[CohortMean], start: int) -> Floats:
    own = [each for each in means if each.start == start]
    return np.tile([each.mean for each in own], (own[0].counties, 1))


def _honest(data: str, at: str) -> dict[str, float]:
    """Return the robust interval of the first year, on the grid of values that the source tries."""
    rows = medicaid_event_study()
    estimates = np.array([estimate for estimate, _ in rows])
    covariance = np.array([row for _, row in rows])
    m_bar, reach = float(at), 20 * np.sqrt(covariance[_BEFORE, _BEFORE])
    middle = 0.0
    if "θ̂" in data:
        middle = estimates[_BEFORE]
        reach += m_bar * np.abs(np.diff(np.append(estimates[:_BEFORE], 0))).max()
    grid = np.linspace(middle - reach, middle + reach, _GRID)
    curve = relative_magnitudes(estimates, covariance, n_pre=_BEFORE, m_bars=[m_bar], grid=grid)
    return {"honest_low": float(curve.low[0]), "honest_high": float(curve.high[0])}


_METHODS: Final[Mapping[str, Callable[[str, str], dict[str, float]]]] = {
    "wilson": _wilson,
    "difference": _difference,
    "poisson": _poisson,
    "kaplan_meier": _kaplan_meier,
    "logrank": _logrank,
    "funnel": _funnel,
    "control_chart": _control_chart,
    "staggered": _staggered,
    "honest": _honest,
}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _arm(name: str) -> tuple[np.ndarray, np.ndarray]:
    patients = [patient for patient in remissions() if patient.arm == name]
    weeks = np.array([patient.weeks for patient in patients])
    return weeks, np.array([patient.relapsed for patient in patients])
