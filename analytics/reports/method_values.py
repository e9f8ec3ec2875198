"""The published figures once more, from the code that the pages use."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from analytics.domain.published_figures import (
    PublishedFigure,
    control_chart_series,
    remissions,
)
from analytics.stats.control_chart import xmr
from analytics.stats.difference import difference
from analytics.stats.funnel import ratio_limits
from analytics.stats.intervals import poisson, wilson
from analytics.stats.logrank import logrank
from analytics.stats.survival import kaplan_meier

_WIDE: Final = 0.998


def recomputed(figure: PublishedFigure) -> float:
    """Return the figure as this program computes it.

    Raises:
        KeyError: If the program does not know how: a mistake in the file of figures.
    """
    return _METHODS[figure.group](figure.data, figure.at)[figure.quantity]


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
        (float(first.estimate), float(first.low), float(first.high)),
        (float(second.estimate), float(second.low), float(second.high)),
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


_METHODS: Final[Mapping[str, Callable[[str, str], dict[str, float]]]] = {
    "wilson": _wilson,
    "difference": _difference,
    "poisson": _poisson,
    "kaplan_meier": _kaplan_meier,
    "logrank": _logrank,
    "funnel": _funnel,
    "control_chart": _control_chart,
}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _arm(name: str) -> tuple[np.ndarray, np.ndarray]:
    patients = [patient for patient in remissions() if patient.arm == name]
    weeks = np.array([patient.weeks for patient in patients])
    return weeks, np.array([patient.relapsed for patient in patients])
