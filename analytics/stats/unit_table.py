"""Observations by unit and day: what estimates that vary between units are made of."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.stats.counts import Floats, Ints, as_counts, as_vector, as_whole

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """Observations per unit and distinct day, day 0 always being the first.

    Attributes:
        days: Distinct days, float, shape (D,).
        at_risk: Rows observed up to this day or longer, shape (U, D).
        ends: Rows that end on this day for any reason, shape (U, D).
        events: Rows that end on this day for the reason of interest, shape (U, D).
    """

    days: Floats
    at_risk: Floats
    ends: Floats
    events: Floats

    @classmethod
    def of(
        cls, days: ArrayLike, codes: ArrayLike, counts: ArrayLike, units: ArrayLike, size: int
    ) -> Self:
        """Count rows of each unit by day.

        Args:
            days: Whole days to the end or to the data cut, shape (N,), from 0 on.
            codes: 0 for still open, 1 for the event of interest, more for other ends, shape (N,).
            counts: Rows each entry stands for, shape (N,).
            units: Number of the unit of each entry, from 0 to ``size`` - 1, shape (N,).
            size: How many units there are, those without rows included.

        Raises:
            ValueError: On unequal lengths, missing, negative or fractional numbers, or a unit
                beyond ``size``.
        """
        durations = as_whole(as_vector(days, "days"), "days").astype(np.int64)
        kinds = as_whole(as_vector(codes, "codes"), "codes")
        places = as_whole(as_vector(units, "units"), "units").astype(np.int64)
        if not kinds.size == places.size == durations.size:
            raise ValueError(f"{durations.size} days, {kinds.size} codes and {places.size} units")
        if places.max(initial=-1) >= size:
            raise ValueError(f"units must be below {size}")
        weights = as_counts(counts, durations.size)
        present = weights > 0
        durations, kinds, weights = durations[present], kinds[present], weights[present]
        places = places[present]
        # Day 0 joins with no rows of its own, so that every curve starts where the clock starts.
        is_there = np.bincount(durations, minlength=1) > 0
        is_there[0] = True
        grid, position = np.flatnonzero(is_there), np.cumsum(is_there) - 1
        shape = (size, grid.size)
        cells = places * grid.size + position[durations]

        def sums(chosen: Floats) -> Floats:
            flat = np.bincount(cells, weights=chosen, minlength=shape[0] * shape[1])
            return flat.astype(np.float64).reshape(shape)

        rows = sums(weights)
        return cls(
            days=grid.astype(np.float64),
            at_risk=np.cumsum(rows[:, ::-1], axis=1)[:, ::-1],
            ends=sums(weights * (kinds > 0)),
            events=sums(weights * (kinds == 1)),
        )

    @classmethod
    def stacked(
        cls, days: Ints, codes: Ints, counts: Ints, units: Ints, cells: Ints, shape: tuple[int, int]
    ) -> list[Self]:
        """Count rows of many cells at once, all on the same days; arguments as of ``of``.

        Args:
            days: Shape (N,), as the others checked by who counted them.
            codes: Shape (N,).
            counts: Shape (N,).
            units: Shape (N,).
            cells: Number of the cell of each entry, shape (N,).
            shape: How many cells and how many units there are.
        """
        is_there = np.bincount(days, minlength=1) > 0
        is_there[0] = True
        grid, position = np.flatnonzero(is_there), np.cumsum(is_there) - 1
        places = (cells * shape[1] + units) * grid.size + position[days]
        size = (*shape, grid.size)

        def sums(chosen: Ints) -> Floats:
            flat = np.bincount(places, weights=chosen, minlength=int(np.prod(size)))
            return flat.astype(np.float64).reshape(size)

        at_risk = np.cumsum(sums(counts)[:, :, ::-1], axis=2)[:, :, ::-1]
        ends, events = sums(counts * (codes > 0)), sums(counts * (codes == 1))
        on = grid.astype(np.float64)
        return [cls(on, *parts) for parts in zip(at_risk, ends, events, strict=True)]

    def less(self, part: Self) -> Self:
        """Return what is left of the table without a part of it, both on the same days."""
        mine, others = ((each.at_risk, each.ends, each.events) for each in (self, part))
        return type(self)(self.days, *(a - b for a, b in zip(mine, others, strict=True)))

    def on_own_days(self) -> Self:
        """Return the table on the days on which rows of its own end, and day 0, as ``of`` does."""
        at_risk = self.at_risk.sum(0)
        ending = at_risk - np.append(at_risk[1:], 0.0) > 0
        ending[:1] = True
        arrays = (self.at_risk, self.ends, self.events)
        return type(self)(self.days[ending], *(each[:, ending] for each in arrays))

    def known(self) -> Self:
        """Return the rows of the units that there is anything of."""
        some = self.at_risk[:, 0] > 0
        return type(self)(self.days, self.at_risk[some], self.ends[some], self.events[some])

    def pooled(self) -> tuple[Floats, Mask, Floats]:
        """Return days, whether the event of interest happened, and counts over all units."""
        at_risk, events = self.at_risk.sum(0), self.events.sum(0)
        others = at_risk - np.append(at_risk[1:], 0.0) - events
        happened = np.repeat([True, False], self.days.size)
        return np.tile(self.days, 2), happened, np.concatenate([events, others])

    @property
    def units(self) -> int:
        """Return how many units there are."""
        return len(self.at_risk)

    @property
    def freedom(self) -> float:
        """Return the degrees of freedom that the units give."""
        return freedom_of(self.at_risk[:, 0])

    def without(self) -> Self:
        """Return the pooled table without each unit in turn, shapes (U, D)."""
        arrays = (self.at_risk, self.ends, self.events)
        return type(self)(self.days, *(array.sum(0) - array for array in arrays))

    def is_followed(self, day: float) -> Mask:
        """Return which rows hold anybody who is observed up to ``day`` or longer, shape (U,)."""
        place = int(np.searchsorted(self.days, day, side="left"))
        if place == self.days.size:
            return np.zeros(self.units, dtype=np.bool_)
        return np.asarray(self.at_risk[:, place] > 0)

    def has_ended(self) -> Mask:
        """Return in which rows nobody is left at the end, so that the last values hold, (U,)."""
        return np.asarray(self._staying(self.ends)[:, -1] <= 0)

    def survival(self) -> Floats:
        """Return each row's share without any event, shape (U, D), NaN beyond its last day."""
        waiting = self._staying(self.events)
        return self._known(waiting, waiting)

    def incidence(self) -> Floats:
        """Return each row's share that has ended for the cause, shape (U, D), NaN likewise."""
        left = self._staying(self.ends)
        before = np.hstack([np.ones((len(left), 1)), left[:, :-1]])
        return self._known(np.cumsum(before * self._rate(self.events), axis=1), left)

    def _rate(self, counts: Floats) -> Floats:
        return np.divide(counts, self.at_risk, out=np.zeros_like(counts), where=self.at_risk > 0)

    def _staying(self, counts: Floats) -> Floats:
        return np.asarray(np.cumprod(1 - self._rate(counts), axis=1), dtype=np.float64)

    def _known(self, values: Floats, left: Floats) -> Floats:
        """Blank what lies beyond the last day, unless nobody was left then."""
        return np.where((self.at_risk > 0) | (left <= 0), values, np.nan)


def freedom_of(sizes: Floats | Ints) -> float:
    """Return the degrees of freedom of what is pooled over units: units - 1 if all weigh the same.

    Args:
        sizes: What each unit weighs in the pooled estimate, shape (U,).
    """
    squares = float((np.asarray(sizes, dtype=np.float64) ** 2).sum())
    return float(sizes.sum()) ** 2 / squares - 1 if squares > 0 else 0.0
