"""Needs of units that add up to a released whole: how units differ, without a second total.

What varies between units is estimated from their own perturbed counts. These do not add up to the
perturbed count of all of them, so two totals of the same needs would be told. Here the whole is
kept, and each of its needs is given to a unit: the first by day to that of the first, and so on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Needs by line (a part and an event), day and unit; whole numbers, shape (k,) each."""

    line: Ints
    days: Ints
    needs: Ints
    unit: Ints

    def in_order(self) -> "Counted":
        """Return the rows that have needs, by line, day and unit."""
        some = np.flatnonzero(self.needs > 0)
        order = some[np.lexsort((self.unit[some], self.days[some], self.line[some]))]
        return Counted(self.line[order], self.days[order], self.needs[order], self.unit[order])


def shared_out(whole: Counted, units: Counted) -> Counted:
    """Return rows of units whose sums are those of the whole, by line, day and unit.

    Args:
        whole: Of all units together; their numbers do not matter.
        units: Each keeps its share of its line's needs, and about their days. Where noise has left
            no unit any need of a line, its first unit with any row has them all.
    """
    whole = whole.in_order()
    units = _with_needs(whole, units)
    sizes = np.bincount(whole.line, whole.needs, minlength=int(units.line.max(initial=-1)) + 1)
    ends = np.cumsum(whole.needs)
    own = _ends_in(units, sizes.astype(np.int64))
    marks = np.unique(np.concatenate([ends, own]))
    marks = marks[marks > 0]
    row, place = np.searchsorted(ends, marks), np.searchsorted(own, marks)
    needs = np.diff(marks, prepend=0)
    return Counted(whole.line[row], whole.days[row], needs, units.unit[place])


def _with_needs(whole: Counted, units: Counted) -> Counted:
    """Return the units' rows with needs, in order, at least one of each line of the whole."""
    lines = np.unique(whole.line)
    needs = np.where(np.isin(units.line, lines), units.needs, 0)
    lacking = np.setdiff1d(lines, units.line[needs > 0])
    if lacking.size:
        known, first = np.unique(units.line, return_index=True)
        needs = needs.copy()
        needs[first[np.isin(known, lacking)]] = 1
        # A line that no unit has any row of: its part has rows of another event, or none.
        rest = np.setdiff1d(lacking, known)
        unit = np.full(rest.size, units.unit[0] if units.unit.size else 0)
        ones, zeros = np.ones_like(rest), np.zeros_like(rest)
        return Counted(
            np.append(units.line, rest),
            np.append(units.days, zeros),
            np.append(needs, ones),
            np.append(units.unit, unit),
        ).in_order()
    return Counted(units.line, units.days, needs, units.unit).in_order()


def _ends_in(units: Counted, sizes: Ints) -> Ints:
    """Return up to which need of the whole each row of the units reaches, shape (k,), rising."""
    totals = np.bincount(units.line, units.needs, minlength=sizes.size)
    sums = np.cumsum(units.needs)
    starts, before = np.cumsum(sizes) - sizes, np.cumsum(totals) - totals
    share = (sums - before[units.line]) / totals[units.line]
    return np.asarray(starts[units.line] + np.rint(share * sizes[units.line]), dtype=np.int64)
