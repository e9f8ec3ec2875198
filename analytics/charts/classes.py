"""Classes of a map: at most five, between round breaks, the same for the same values."""

import itertools
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.i18n import Words
from analytics.reports.basis.formatting import Format

MOST: Final = 5
"""More shades of one hue are not told apart on a projector."""

_FINEST: Final = 1e-6
"""Values closer together than this share of their size make one class."""
_ROUND: Final = (5.0, 2.5, 2.0, 1.0)


@dataclass(frozen=True, slots=True)
class Classes:
    """Half-open classes [edge, next edge); the last one includes its upper edge.

    Attributes:
        edges: Rising, one more than there are classes; empty without values.
        step: All edges are multiples of it.
    """

    edges: tuple[float, ...]
    step: float

    def __len__(self) -> int:
        return max(0, len(self.edges) - 1)

    def of(self, values: ArrayLike) -> NDArray[np.int64]:
        """Return the class of each value, -1 for a missing one. Shape as ``values``."""
        numbers = np.asarray(values, dtype=np.float64)
        if not len(self):
            return np.full(numbers.shape, -1, dtype=np.int64)
        found = np.searchsorted(np.asarray(self.edges[1:-1]), numbers, side="right")
        return np.where(np.isfinite(numbers), found, -1).astype(np.int64)

    def labels(self, form: Format, w: Words) -> list[str]:
        """Return ``a bis unter b`` for each class, ``a bis b`` for the last."""
        ends = [form.text(edge, w) for edge in self.edges[:: max(1, len(self))]]
        if ends and ends[0] == ends[-1]:  # equal values as far as they are shown
            return ends[:1]
        digits = max(0, -math.floor(math.log10(self.step * _scale(form)) + 1e-9))
        if not math.isclose(self.step * _scale(form) * 10**digits % 1, 0, abs_tol=1e-9):
            digits += 1
        texts = [Format(form.kind, digits).text(edge, w) for edge in self.edges]
        if form.kind == "days":
            texts = [w.number(edge, digits) for edge in self.edges]
        pairs = list(itertools.pairwise(texts))
        last = len(pairs) - 1
        return [
            w("chart.class_last" if i == last else "chart.class", low=low, high=high)
            for i, (low, high) in enumerate(pairs)
        ]


def class_breaks(values: ArrayLike, most: int = MOST, *, finest: float = 0.0) -> Classes:
    """Return quantile classes of the values with their breaks rounded.

    Of the round steps 1, 2, 2.5 and 5 times a power of ten, the coarsest is taken that leaves as
    many different classes as any step can.

    Args:
        values: Any shape; missing ones are left out.
        most: Number of classes wanted; equal values may leave fewer.
        finest: Smallest difference that readers see; breaks are multiples of it. 0 for none.

    Raises:
        ValueError: If ``most`` is below 1.
    """
    if most < 1:
        raise ValueError(f"at least one class is needed: {most}")
    numbers = np.asarray(values, dtype=np.float64)
    numbers = numbers[np.isfinite(numbers)]
    if finest > 0:
        numbers = np.round(numbers / finest) * finest
    if numbers.size == 0:
        return Classes((), 1.0)
    quantiles = np.quantile(numbers, np.linspace(0, 1, most + 1))
    steps = _readable(_steps(float(numbers.min()), float(numbers.max())), finest)
    found = [(_edges(quantiles, step), step) for step in steps]
    wanted = max(len(edges) for edges, _ in found)
    edges, step = next(pair for pair in found if len(pair[0]) == wanted)
    return Classes(edges, step)


def _steps(low: float, high: float) -> list[float]:
    span = max(high - low, _FINEST * max(abs(low), abs(high))) or 1.0
    top = math.ceil(math.log10(span))
    return [
        factor * 10.0**power
        for power in range(top, top - 4, -1)
        for factor in _ROUND
        if factor * 10.0**power <= span * 1.0001
    ]


def _readable(steps: list[float], finest: float) -> list[float]:
    """Return the steps that are multiples of ``finest``; values that look equal keep theirs."""
    if finest <= 0 or max(steps) < finest * 0.5:
        return steps
    kept = [step for step in steps if _is_multiple(step, finest)]
    return kept or [finest]


def _is_multiple(step: float, finest: float) -> bool:
    times = round(step / finest)
    return times >= 1 and math.isclose(step, times * finest, rel_tol=1e-6)


def finest_of(form: Format) -> float:
    """Return the smallest difference that values written in ``form`` can show."""
    return 1 / (_scale(form) * 10.0**form.digits)


def _edges(quantiles: NDArray[np.float64], step: float) -> tuple[float, ...]:
    first = math.floor(quantiles[0] / step + 1e-9)
    last = math.ceil(quantiles[-1] / step - 1e-9)
    inner = [round(float(q) / step) for q in quantiles[1:-1]]
    kept = sorted({i for i in inner if first < i < last})
    last = max(last, first + 1)
    decimals = 2 - math.floor(math.log10(step))  # what a step of 2.5 needs, and one to spare
    return tuple(round(i * step, decimals) for i in (first, *kept, last))


def _scale(form: Format) -> int:
    return 100 if form.kind == "share" else 1
