"""Tables that are read together: each with its margins, or all of them as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.rounding import SMALL
from analytics.attack.view import View
from analytics.attack.wholes import HIDDEN, Wholes
from analytics.attack.windows import remainder
from analytics.disclosure.transition import DEVIATION

LARGEST_OF_FEW: Final = max(SMALL) + DEVIATION
"""The largest figure that a count which is protected may have."""

_SEVERAL: Final = 2


@dataclass(slots=True)
class Sheet:
    """Cells and sums of one table with its margins, and all that is told of the same cells.

    Attributes:
        wholes: Cells and sums.
        told: Every figure of each cell.
        others: What is inferred of cells that no table has.
    """

    wholes: Wholes = field(default_factory=Wholes)
    told: dict[Cell, list[float]] = field(default_factory=dict)
    others: dict[Cell, Estimate | None] = field(default_factory=dict)

    def add(self, figures: Mapping[Cell, float]) -> None:
        """Add what one answer tells."""
        self.wholes.add(figures)
        for cell, figure in figures.items():
            self.told.setdefault(cell, []).append(figure)

    def sum_of(self, parts: Iterable[Cell], total: Cell) -> None:
        """Say that cells add up to a total, if it is told."""
        self.wholes.add_sum(self.figure(total), parts)

    def infer(self, view: View, cell: Cell, whole: Cell, *others: Cell) -> None:
        """Take what is left of a cell without others for one that no table has."""
        known = self.others.get(cell)
        left = remainder(view, cell, [self.figure(each) for each in (whole, *others)])
        self.others[cell] = left if left is not None else known

    def figure(self, cell: Cell) -> float:
        """Return what is told of a cell; NaN where nothing is."""
        return self.wholes.figures.get(cell, np.nan)

    def claims(self, view: View, effort: int) -> Claims:
        """Return what it tells: by its sums, and where figures of a cell differ by all of them."""
        of_sums = self.wholes.claims(view, effort)
        found = {each.cell: each for each in of_sums.estimates}
        for cell, figures in self.told.items():
            if (several := _of_several(view, cell, figures)) is not None:
                found[cell] = several
        found |= {cell: each for cell, each in self.others.items() if each}
        return Claims((*of_sums.aims, *self.others), tuple(found.values()))


def _of_several(view: View, cell: Cell, figures: Sequence[float]) -> Estimate | None:
    """Return what figures of the same rows that differ say together; None where all are alike."""
    told = [figure for figure in figures if not np.isnan(figure)]
    # Beside a figure that none of few people has, one is hidden for the sake of others.
    is_small = view.is_perturbed and max(told, default=0.0) <= LARGEST_OF_FEW
    is_hidden = is_small and len(told) < len(figures)
    distinct = sorted({*told, *([HIDDEN] if is_hidden else [])})
    if not told or len(distinct) < _SEVERAL:
        return None
    bounds = [view.bounds(figure) for figure in {*told}]
    low, high = max(low for low, _ in bounds), min(high for _, high in bounds)
    spread = view.noise / len(distinct)
    own = (round(told[0]),) if view.is_perturbed else ()
    return Estimate(cell, float(np.mean(distinct)), spread, low, high, own)


def together_told(view: View, sheets: Sequence[Sheet], effort: int) -> Claims:
    """Return what sheets tell: perturbed ones all together, others each by itself.

    Confidential tables are protected beside their own margins; that one can be subtracted from
    another that was asked for otherwise is known of them (``windows``).

    Args:
        view: What is answered.
        sheets: At least one.
        effort: Hidden cells whose extremes are looked for.
    """
    if view.is_perturbed:
        return _joined(sheets).claims(view, effort)
    each = effort // len(sheets) + 1
    told = [sheet.claims(view, each) for sheet in sheets]
    found: dict[Cell, Estimate] = {}
    for estimate in (each for claims in told for each in claims.estimates):
        known = found.get(estimate.cell)
        if known is None or not known.is_certain:
            found[estimate.cell] = estimate
    aims = dict.fromkeys(cell for claims in told for cell in claims.aims)
    return Claims(tuple(aims), tuple(found.values()))


def _joined(sheets: Iterable[Sheet]) -> Sheet:
    whole = Sheet()
    for sheet in sheets:
        whole.wholes.add(sheet.wholes.figures)
        whole.wholes.sums += sheet.wholes.sums
        for cell, figures in sheet.told.items():
            whole.told.setdefault(cell, []).extend(figures)
        whole.others |= sheet.others
    return whole
