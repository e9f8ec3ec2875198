"""Control chart for single values (XmR): does a series change by more than it always does?

Limits come from the mean moving range between neighbouring values (Nelson 1982, Journal of Quality
Technology 14, 172-173), not from the standard deviation, which a change of level would inflate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.stats.counts import Floats, as_vector, freeze

# 3 / 1.128 and 3.267, the constants for ranges of two values, as printed in textbooks.
_LIMIT_PER_RANGE = 2.66
_SCREEN_PER_RANGE = 3.267
_RUN = 7
_TREND = 6
_FEW = 12


class Signal(StrEnum):
    """Why a value is more than the usual up and down."""

    ABOVE = "above"
    """Above the upper limit."""
    BELOW = "below"
    RUN_ABOVE = "run_above"
    """One of seven or more in a row above the mean."""
    RUN_BELOW = "run_below"
    TREND_UP = "trend_up"
    """One of six or more in a row, each higher than the one before."""
    TREND_DOWN = "trend_down"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the series with limits of its own.

    Attributes:
        start: Position of its first value.
        stop: Position after its last value.
        mean: Mean of its values.
        mean_range: Mean moving range behind the limits; None for a single value.
        low: Lower limit; None for a single value.
        high: Upper limit; None for a single value.
        screened: How many moving ranges were left out as too large.
        is_short: Whether it has fewer than 12 values, so that its limits are provisional.
    """

    start: int
    stop: int
    mean: float
    mean_range: float | None
    low: float | None
    high: float | None
    screened: int
    is_short: bool


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """A series with its limits and signals.

    Attributes:
        values: The series, shape (N,).
        moving_ranges: Distance of each value from the one before, shape (N,); NaN where there is
            none: at the start of each segment.
        segments: Stretches between changes of base, in order.
        signals: For each value why it stands out, in the order of ``Signal``; empty if it does not.
    """

    values: Floats
    moving_ranges: Floats
    segments: tuple[Segment, ...]
    signals: tuple[tuple[Signal, ...], ...]

    def __post_init__(self) -> None:
        freeze(self.values, self.moving_ranges)

    @property
    def latest(self) -> tuple[Signal, ...]:
        """Return the signals of the last value."""
        return self.signals[-1]

    @property
    def is_provisional(self) -> bool:
        """Return whether the limits of the last segment rest on fewer than 12 values."""
        return self.segments[-1].is_short


def xmr(values: ArrayLike, *, screened: bool = True, rebase: Sequence[int] = ()) -> ControlChart:
    """Return limits and signals of a series in order of time.

    Limits are the mean plus and minus 2.66 mean moving ranges. Rules, each within a segment: a
    value outside the limits; seven or more in a row on one side of the mean; six or more in a row
    rising or falling (Nelson 1984, Journal of Quality Technology 16, 237-239, with seven for his
    nine, as is usual in public health).

    Args:
        values: The series without gaps, shape (N,), N from 1 on.
        screened: Leave out moving ranges above 3.267 times their mean and average the rest again
            (Nelson 1982), so that one outlier does not hide itself and others.
        rebase: Positions from which on a new segment starts, strictly increasing, above 0.

    Raises:
        ValueError: On missing values, an empty series or positions outside it.
    """
    series = as_vector(values, "values")
    if not series.size:
        raise ValueError("values must not be empty")
    borders = (0, *rebase, series.size)
    if any(first >= second for first, second in pairwise(borders)):
        raise ValueError("rebase must be increasing positions within the series")
    ranges = np.abs(np.diff(series, prepend=np.nan))
    ranges[list(rebase)] = np.nan
    segments = tuple(
        _segment(series, ranges, start, stop, screened) for start, stop in pairwise(borders)
    )
    signals = tuple(each for segment in segments for each in _signals(series, segment))
    return ControlChart(series, ranges, segments, signals)


def _segment(values: Floats, ranges: Floats, start: int, stop: int, screened: bool) -> Segment:
    mean = float(values[start:stop].mean())
    known = ranges[start + 1 : stop]
    is_short = stop - start < _FEW
    if not known.size:
        return Segment(start, stop, mean, None, None, None, 0, is_short)
    kept = known[known <= _SCREEN_PER_RANGE * known.mean()] if screened else known
    mean_range = float(kept.mean())
    reach = _LIMIT_PER_RANGE * mean_range
    left_out = known.size - kept.size
    return Segment(start, stop, mean, mean_range, mean - reach, mean + reach, left_out, is_short)


def _signals(series: Floats, segment: Segment) -> list[tuple[Signal, ...]]:
    values = series[segment.start : segment.stop]
    low = -np.inf if segment.low is None else segment.low
    high = np.inf if segment.high is None else segment.high
    steps = np.sign(np.diff(values))
    found: dict[Signal, NDArray[np.bool_]] = {
        Signal.ABOVE: values > high,
        Signal.BELOW: values < low,
        Signal.RUN_ABOVE: _runs(values > segment.mean, _RUN),
        Signal.RUN_BELOW: _runs(values < segment.mean, _RUN),
        # Six rising values are five rises; the first value belongs to them.
        Signal.TREND_UP: _with_first(_runs(steps > 0, _TREND - 1)),
        Signal.TREND_DOWN: _with_first(_runs(steps < 0, _TREND - 1)),
    }
    return [
        tuple(signal for signal, marks in found.items() if marks[position])
        for position in range(values.size)
    ]


def _runs(marks: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Return which marks belong to a row of at least ``least``."""
    change = np.diff(marks.astype(np.int8), prepend=0, append=0)
    found = np.zeros(marks.size, dtype=bool)
    for start, stop in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True):
        found[start:stop] = stop - start >= least
    return found


def _with_first(steps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which values have a marked step before or after them."""
    return np.asarray(np.append(False, steps) | np.append(steps, False), dtype=bool)
