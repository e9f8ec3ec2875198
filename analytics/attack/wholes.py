"""Parts of wholes: what sums say of their parts, by subtraction, averaging and whole numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Final

import numpy as np

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.equations import Equations
from analytics.attack.view import View, sampled

HIDDEN: Final = 3.5
"""What a hidden figure of the released edition is on average: 3 or 4, or hidden beside such."""

_MAY_BE: Final = (3, 4)


@dataclass(slots=True)
class Wholes:
    """Figures of cells, and of sums of them.

    Attributes:
        figures: What is told of each cell; NaN where it is hidden.
        sums: What is told of several together, with these cells.
    """

    figures: dict[Cell, float] = field(default_factory=dict)
    sums: list[tuple[float, tuple[Cell, ...]]] = field(default_factory=list)

    def add(self, figures: Mapping[Cell, float]) -> None:
        """Add cells; a figure that one table tells and another hides is told."""
        for cell, figure in figures.items():
            known = self.figures.get(cell, np.nan)
            self.figures[cell] = figure if np.isnan(known) else known

    def add_sum(self, figure: float, parts: Iterable[Cell]) -> None:
        """Add a sum of cells, hidden or not; nothing where it has no parts."""
        members = tuple(parts)
        if members and not np.isnan(figure):
            self.sums.append((figure, members))

    def claims(self, view: View, effort: int) -> Claims:
        """Return what is told of the cells by all sums that they are in.

        Args:
            view: Whose figures these are.
            effort: Cells whose extremes are looked for by integer programming.
        """
        found = {each.cell: each for each in self._remainders(view)}
        hidden = [cell for cell, figure in self.figures.items() if np.isnan(figure)]
        for cell, (low, high) in self._extremes(view, sampled(hidden, effort)):
            known = found.get(cell) or Estimate(
                cell, (low + high) / 2, (high - low) ** 2, low, high
            )
            value = float(np.clip(known.value, low, high))
            found[cell] = Estimate(cell, value, known.variance, low, high, known.figures)
        return Claims(tuple(self.figures), tuple(found.values()))

    def _remainders(self, view: View) -> Iterator[Estimate]:
        """Yield the mean of a cell's own figure and of what each sum leaves for it."""
        left: dict[Cell, list[tuple[float, int]]] = {}
        for total, parts in self.sums:
            told = np.array([self.figures[part] for part in parts])
            if view.is_perturbed:
                told = np.where(np.isnan(told), HIDDEN, told)
            for place, part in enumerate(parts):
                rest = total - np.delete(told, place).sum()
                if not np.isnan(rest):
                    left.setdefault(part, []).append((float(rest), len(parts)))
        for cell, own in self.figures.items():
            if not view.is_perturbed:
                exact = [own, *(rest for rest, _ in left.get(cell, ()))]
                if known := [round(each) for each in exact if not np.isnan(each)]:
                    yield Estimate(cell, known[0], 0.0, known[0], known[0])
                continue
            values = [(HIDDEN if np.isnan(own) else own, 1), *left.get(cell, ())]
            weights = np.array([1 / count for _, count in values])
            value = float(weights @ [each for each, _ in values] / weights.sum())
            may_be = _MAY_BE if np.isnan(own) else (round(own),)
            yield Estimate(cell, value, view.noise / weights.sum(), *view.bounds(own), may_be)

    def _extremes(
        self, view: View, cells: Iterable[Cell]
    ) -> Iterator[tuple[Cell, tuple[float, float]]]:
        place = {cell: number for number, cell in enumerate(self.figures)}
        near: dict[Cell, set[Cell]] = {}
        for _, parts in self.sums:
            for part in parts:
                near.setdefault(part, set()).update(parts)
        for cell in cells:
            # Sums that are joined to the cell's own by cells that are hidden: no others matter.
            joined, todo = {cell}, [cell]
            while todo:
                new = near.get(todo.pop(), set()) - joined
                joined |= new
                todo += [each for each in new if view.is_perturbed or np.isnan(self.figures[each])]
            equations = Equations(len(place))
            for each in joined:
                equations.add([place[each]], *view.bounds(self.figures[each]))
            for total, parts in self.sums:
                if joined.intersection(parts):
                    known = [place[part] for part in parts]
                    equations.add(known, *view.bounds(total))
            low, high = equations.limits(place[cell])
            if not np.isnan(low + high) and high < inf:
                yield cell, (low, high)
