"""Curves of referral as released rows: the points that may be shown, on a grid of days."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import OWN, release_curve
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.making import Column, internal, readable
from analytics.reports.indicators.clock_parts import ClockCounts

_GRID: Final = np.concatenate([np.arange(30), np.arange(30, 90, 2), np.arange(90, 366, 5)])
"""Days of a curve: each of the first month, every second to day 90, every fifth of the year.

Finer steps are narrower than a line on the screen, and no one reads a table of 365 rows."""
_POINT: Final = ("days", "estimate", "low", "high", "at_risk")


def curve_columns(w: Words) -> tuple[Column, ...]:
    """Return the columns of a table of curves."""
    return (
        Column("label", w("referral.series")),
        Column("days", w("referral.days"), "number"),
        Column("estimate", w("referral.incidence"), "share", 1),
        *readable(w, "share", 1, low="indicator.low", high="indicator.high"),
        Column("at_risk", w("referral.at_risk"), "count"),
        *internal(w, series="indicator.key", status="indicator.status"),
    )


def curve_rows(part: ClockCounts | None, *, is_shown: bool, is_own: bool = False) -> pd.DataFrame:
    """Return the released points of one curve from zero on day 0, or one row that says why not.

    Of the reader's own rows all points are.
    """
    points = np.empty((0, len(_POINT)))
    if part is not None and is_shown:
        points = _points(part, is_own=is_own)
    if len(points):
        told = pd.DataFrame(points, columns=list(_POINT)).assign(status=Status.SHOWN)
        return told.assign(**{OWN: True}) if is_own else told
    status = Status.NO_DATA if part is None else Status.SUPPRESSED
    return pd.DataFrame([dict.fromkeys(_POINT, np.nan)]).assign(status=status)


def _on_grid(days: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the last position up to each day of the grid, each once."""
    positions = np.searchsorted(days, _GRID, side="right") - 1
    return np.unique(positions[positions >= 0])


def _points(part: ClockCounts, *, is_own: bool) -> NDArray[np.float64]:
    curve = part.referred()
    every = np.arange(len(curve.days), dtype=np.int64)
    kept = every if is_own else release_curve(curve.at_risk, curve.events)
    kept = kept[_on_grid(curve.days[kept])]
    points = np.column_stack([getattr(curve, name)[kept] for name in _POINT])
    if kept.size and points[0, 0] > 0:
        points = np.vstack([[0.0, 0.0, 0.0, 0.0, part.n], points])
    return points
