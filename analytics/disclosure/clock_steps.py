"""Counts of clocks that may be shown: needs by day and event, perturbed as cumulative counts.

A cell is all needs of a part with one event up to a day. Cells are perturbed, not single days: a
curve is made of cumulative counts, and the noise of each stays the same whatever days are counted
in between. What follows only makes the figures fit together and knows nothing but them and the
days on which something has happened.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.perturbation import perturbed
from analytics.disclosure.transition import SMALLEST
from analytics.stats.counts import freeze

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Whole = TypeVar("Whole", np.int64, np.uint64)

OPEN: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class ClockSteps:
    """Needs by part, day and event; ascending, each once. Arrays of shape (k,).

    Attributes:
        parts: Number of the part.
        days: Day of the event, or up to which the need has been open.
        events: 0 open, 1 or 2 the kind of event.
        needs: How many, at least 1.
    """

    parts: Ints
    days: Ints
    events: Ints
    needs: Ints

    def __post_init__(self) -> None:
        freeze(self.parts, self.days, self.events, self.needs)


def released_steps(parts: Ints, days: Ints, events: Ints, needs: Ints, keys: Keys) -> ClockSteps:
    """Return the counts that may be shown in place of the true ones.

    1. The needs of each part and event are cumulated over its days, and each cumulative count is
       perturbed with its own key; the number of all needs of the part likewise.
    2. Cumulative counts must not fall. Each becomes the mean of the largest figure up to its day
       and the smallest from its day on, as either alone lies on one side; 1 and 2 that arise so
       become 0 and 3. None is above that of the last day, which stays as it was perturbed.
    3. Events of both kinds together must not exceed the part's total. What is too much is taken
       from the last steps, on the same day from kind 2 first.
    4. What is left of the total is open, in the shape of the open needs, cut in the same way.
       What these do not account for is added on their last day, or on the part's last day of all
       if none is open. So a part's needs add up to its perturbed total.

    Steps 2 to 4 move no cumulative count of events further than 3 from the truth, except for the
    cut of step 3, which happens only where nearly all needs have had an event.

    Args:
        parts: Number of the part, int, shape (k,).
        days: Whole days, on the grid of days that are shown, shape (k,).
        events: 0 open, 1 or 2 the kind of event, shape (k,).
        needs: How many, at least 0, shape (k,).
        keys: Sum of their keys modulo 2**32, whole numbers, shape (k,).

    Raises:
        ValueError: On unknown events, negative numbers of needs, or arrays that do not fit.
    """
    _check(parts, days, events, needs, keys)
    some = needs > 0
    if not some.any():
        none = np.zeros(0, dtype=np.int64)
        return ClockSteps(none, none, none, none)
    true = _Rows.of(parts[some], days[some], events[some], needs[some], keys[some])
    return _fitted(true, _perturbed_steps(true), _perturbed_totals(true))


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows in the order of part, event and day, each once; arrays of shape (k,).

    ``part`` and ``curve`` count the distinct parts, and the distinct parts and events, from 0.
    """

    parts: Ints
    days: Ints
    events: Ints
    needs: Ints
    keys: Keys
    part: Ints
    curve: Ints

    @classmethod
    def of(cls, parts: Ints, days: Ints, events: Ints, needs: Ints, keys: Keys) -> "_Rows":
        order = np.lexsort((days, events, parts))
        parts, days, events = parts[order], days[order], events[order]
        first = np.flatnonzero(_changes(parts, events, days))
        needs = np.add.reduceat(needs[order], first)
        keys = np.add.reduceat(keys[order].astype(np.uint64), first)
        parts, days, events = parts[first], days[first], events[first]
        part = np.cumsum(_changes(parts)) - 1
        curve = np.cumsum(_changes(parts, events)) - 1
        return cls(parts, days, events, needs, keys, part, curve)


def _perturbed_steps(rows: _Rows) -> Ints:
    figures = perturbed(_cumulated(rows.needs, rows.curve), _cumulated(rows.keys, rows.curve))
    return _differences(_rising(figures, rows.curve), rows.curve)


def _perturbed_totals(rows: _Rows) -> Ints:
    """Return the perturbed number of needs of each part, shape (p,)."""
    first = np.flatnonzero(_changes(rows.part))
    return perturbed(np.add.reduceat(rows.needs, first), np.add.reduceat(rows.keys, first))


def _rising(figures: Ints, curve: Ints) -> Ints:
    # Each curve lies above all before it, so that one pass serves all of them.
    lifted = figures + curve * (figures.max() + 1)
    highest = np.maximum.accumulate(lifted)
    lowest = np.minimum.accumulate(lifted[::-1])[::-1]
    base = lifted - figures
    middle = np.rint((highest + lowest - 2 * base) / 2).astype(np.int64)
    middle[middle == 1] = 0
    middle[middle == 2] = SMALLEST
    last = np.flatnonzero(_changes(curve[::-1])[::-1])
    return np.asarray(np.minimum(middle, figures[last][curve]))


def _fitted(rows: _Rows, steps: Ints, totals: Ints) -> ClockSteps:
    happened = np.flatnonzero(rows.events != OPEN)
    by_day = (rows.events[happened], rows.days[happened], rows.part[happened])
    happened = happened[np.lexsort(by_day)]
    waiting = np.flatnonzero(rows.events == OPEN)
    fitted = np.zeros_like(steps)
    left = totals
    for chosen in (happened, waiting):
        part = rows.part[chosen]
        fitted[chosen] = _cut(steps[chosen], part, left)
        left = left - _by_part(fitted[chosen], part, left.size)
    ends = _last_days(rows, waiting)
    number = rows.parts[np.flatnonzero(_changes(rows.part))]
    return _as_steps(
        np.append(rows.parts, number),
        np.append(rows.days, ends),
        np.append(rows.events, np.full(left.size, OPEN)),
        np.append(fitted, left),
    )


def _cut(steps: Ints, part: Ints, limits: Ints) -> Ints:
    """Take from the last steps of each part what exceeds its limit, limits of shape (p,)."""
    if not steps.size:
        return steps
    return _differences(np.minimum(_cumulated(steps, part), limits[part]), part)


def _by_part(needs: Ints, part: Ints, parts: int) -> Ints:
    sums = np.zeros(parts, dtype=np.int64)
    np.add.at(sums, part, needs)
    return sums


def _last_days(rows: _Rows, waiting: NDArray[np.intp]) -> Ints:
    """Return the last day of each part's open needs, or of all its needs if none is open."""
    ends = np.maximum.reduceat(rows.days, np.flatnonzero(_changes(rows.part)))
    # Rows ascend by day, so what is written last is the last day.
    ends[rows.part[waiting]] = rows.days[waiting]
    return ends


def _as_steps(parts: Ints, days: Ints, events: Ints, needs: Ints) -> ClockSteps:
    order = np.lexsort((events, days, parts))
    parts, days, events = parts[order], days[order], events[order]
    first = np.flatnonzero(_changes(parts, days, events))
    needs = np.add.reduceat(needs[order], first)
    kept = first[needs > 0]
    return ClockSteps(parts[kept], days[kept], events[kept], needs[needs > 0])


def _changes(*labels: Ints) -> NDArray[np.bool_]:
    """Say for each row whether it differs from the one before in any label; the first does."""
    changed = np.ones(labels[0].size, dtype=np.bool_)
    changed[1:] = np.logical_or.reduce([label[1:] != label[:-1] for label in labels])
    return changed


def _cumulated(values: NDArray[Whole], group: Ints) -> NDArray[Whole]:
    """Cumulate within each run of one group.

    Sums of keys may overflow: their remainder modulo 2**32 is the same.
    """
    sums = np.cumsum(values)
    starts = _changes(group)
    before = (sums - values)[starts]
    return np.asarray(sums - before[np.cumsum(starts) - 1])


def _differences(figures: Ints, group: Ints) -> Ints:
    return np.where(_changes(group), figures, np.diff(figures, prepend=0))


def _check(parts: Ints, days: Ints, events: Ints, needs: Ints, keys: Keys) -> None:
    arrays = (parts, days, events, needs, keys)
    if any(array.ndim != 1 or array.size != parts.size for array in arrays):
        raise ValueError("all arrays must be one-dimensional and of one length")
    if any(array.dtype.kind not in "iu" for array in arrays):
        raise ValueError("all arrays must hold whole numbers")
    if not np.isin(events, (OPEN, 1, 2)).all():
        raise ValueError("events must be 0, 1 or 2")
    if (needs < 0).any():
        raise ValueError("needs must not be negative")
