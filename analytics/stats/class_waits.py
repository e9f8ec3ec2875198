"""The restricted mean wait of a cell as a sum over classes of needs, exactly.

Kaplan and Meier's mean of the first ``limit`` days equals a weighted mean over the needs whose wait
within them is known: each counts 1 / (n G), with G the share not yet censored just before its end
(Satten & Datta 2001, doi:10.1198/000313001317098185). So it can be taken apart by whatever classes
needs have. On one day events come before censorings, as in the curve.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats.counts import Floats, Ints, freeze
from analytics.stats.panel_input import check_rows

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class WaitCounts:
    """Needs by cell, class, day and event; shape (N,) each.

    Attributes:
        cell: Number of the cell, from 0.
        kind: Number of the class, from 0.
        days: Day on which the clock stopped, or the limit.
        event: 1 what is waited for, 0 or 2 anything else.
        counts: Needs in the row.
        before: Days that they waited in their first stage, summed over the row; at most
            ``days`` for each.
        is_handed: Whether needs of the row have come to their second stage within the limit.
    """

    cell: Ints
    kind: Ints
    days: Ints
    event: Ints
    counts: Ints
    before: Ints
    is_handed: Mask

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit; raises ValueError."""
        cells = int(self.cell.max(initial=-1)) + 1
        rest = {"kind": self.kind, "event": self.event, "handed": self.is_handed}
        check_rows(self.cell, cells, days=self.days, counts=self.counts, **rest)
        check_rows(self.cell, cells, days=self.before)
        freeze(self.cell, self.kind, self.days, self.event, self.counts, self.before)


@dataclass(frozen=True, slots=True, eq=False)
class ClassWaits:
    """Each class's part of its cell, shape (cells, classes) each; NaN in cells without needs.

    Attributes:
        mass: Share of the cell's needs; classes sum to 1.
        before: Days of the first stage, per need of the cell.
        after: Days of the second stage, per need of the cell. All ``before`` and ``after`` of a
            cell sum to its restricted mean.
    """

    mass: Floats
    before: Floats
    after: Floats

    def __post_init__(self) -> None:
        freeze(self.mass, self.before, self.after)


def class_waits(rows: WaitCounts, cells: int, kinds: int, limit: int) -> ClassWaits:
    """Return how the restricted mean of each cell is made up of its classes.

    Where all of a cell end otherwise before the limit, those who did so last count as waiting until
    the limit, as the curve stays where it was.

    Args:
        rows: Needs; ``cell`` below ``cells``, ``kind`` below ``kinds``.
        cells: How many cells there are.
        kinds: How many classes there are.
        limit: Days of each need that are looked at.

    Raises:
        ValueError: If a cell or class is beyond their number.
    """
    if rows.cell.max(initial=-1) >= cells or rows.kind.max(initial=-1) >= kinds:
        raise ValueError(f"cells must be below {cells} and classes below {kinds}")
    until = np.minimum(rows.days, limit)
    is_event = (rows.event == 1) & (until < limit)
    last = np.zeros(cells, dtype=np.int64)
    np.maximum.at(last, rows.cell, until)
    # Who is censored last of all has nobody left to pass the weight on to.
    stays = ~is_event & (until == last[rows.cell])
    used = is_event | stays
    weight = _weights(rows, until, is_event, cells, limit)[rows.cell, until]
    mass = np.where(used, weight * rows.counts, 0.0)
    waits = np.where(is_event, until, limit)
    before = np.where(rows.is_handed, weight * rows.before, mass * waits) * used
    after = mass * waits - before
    place = rows.cell * kinds + rows.kind
    seen = np.bincount(rows.cell, rows.counts, cells) > 0

    def summed(values: Floats) -> Floats:
        sums = np.bincount(place, values, cells * kinds).reshape(cells, kinds)
        return np.where(seen[:, None], sums, np.nan)

    return ClassWaits(summed(mass), summed(before), summed(after))


def _weights(rows: WaitCounts, until: Ints, is_event: Mask, cells: int, limit: int) -> Floats:
    """Return what a need counts whose wait ends on a day, shape (cells, limit + 1)."""
    width = limit + 1
    place = rows.cell * width + until
    ends = np.bincount(place, rows.counts, cells * width).reshape(cells, width)
    events = np.bincount(place, rows.counts * is_event, cells * width).reshape(cells, width)
    total = ends.sum(1, keepdims=True)
    at_risk = total - np.cumsum(ends, axis=1) + ends
    exposed = np.maximum(at_risk - events, 1)
    staying = np.cumprod(1 - (ends - events) / exposed, axis=1)
    before = np.column_stack([np.ones(cells), staying[:, :-1]])
    weights = np.zeros_like(before)
    np.divide(1.0, total * before, out=weights, where=(total > 0) & (before > 0))
    return weights
