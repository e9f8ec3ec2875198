"""The axis of differences: what is no difference lies on a line, ratios on a logarithmic scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.charts.axes import decimals, nice_ticks
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format

_RATIOS: Final = (0.1, 0.2, 0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 4.0, 5.0, 10.0)
_LEAST_RATIO: Final = 1.25
_MOST_RATIOS: Final = 6


@dataclass(frozen=True, slots=True)
class EffectAxis:
    """How the differences of a table are drawn.

    Attributes:
        form: As the table writes them; plain numbers are ratios.
        w: Words of the language.
    """

    form: Format
    w: Words

    @classmethod
    def of(cls, table: ReleasedTable, w: Words, name: str = "value") -> "EffectAxis":
        """Return the axis for a column of differences or ratios."""
        described = column(table, name)
        return cls(Format(described.kind, described.digits), w)

    @property
    def is_ratio(self) -> bool:
        """Return whether values are ratios, for which 1 is no difference."""
        return self.form.kind == "number"

    @property
    def neutral(self) -> float:
        """Return the value that is no difference."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def title(self) -> str:
        """Return the unit of the ticks."""
        return self.w(f"evaluation.axis_{self.form.kind}")

    def place(self, value: float) -> float:
        """Return where an annotation at ``value`` stands: on a logarithmic axis, its logarithm."""
        return math.log10(value) if self.is_ratio else value

    def axis(self, values: "Sequence[float] | pd.Series[float]", target: int = 5) -> dict[str, Any]:
        """Return range, ticks and title of an axis that holds ``values`` and no difference."""
        finite = [float(value) for value in values if math.isfinite(value)]
        return self._ratios(finite) if self.is_ratio else self._differences(finite, target)

    def _differences(self, values: Sequence[float], target: int) -> dict[str, Any]:
        scale = 100 if self.form.kind == "points" else 1
        ends = [scale * value for value in (0.0, *values)]
        ticks = nice_ticks(min(ends), max(ends), target)
        digits = decimals(ticks[1] - ticks[0])
        pad = 0.02 * (ticks[-1] - ticks[0])
        texts = ["0" if tick == 0 else self.w.signed(tick, digits) for tick in ticks]
        return {
            "range": [(ticks[0] - pad) / scale, (ticks[-1] + pad) / scale],
            "tickmode": "array",
            "tickvals": [tick / scale for tick in ticks],
            "ticktext": texts,
            "title_text": self.title,
        }

    def _ratios(self, values: Sequence[float]) -> dict[str, Any]:
        positive = [value for value in values if value > 0]
        low = min([1 / _LEAST_RATIO, *positive])
        high = max([_LEAST_RATIO, *positive])
        inside = [tick for tick in _RATIOS if low * 0.98 <= tick <= high * 1.02]
        ticks = inside if len(inside) <= _MOST_RATIOS else _thinned(inside)
        pad = 0.02 * math.log10(high / low)
        return {
            "type": "log",
            "range": [math.log10(low) - pad, math.log10(high) + pad],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [self.w.number(tick, 2) for tick in ticks],
            "minor": {"ticks": ""},
            "title_text": self.title,
        }


def _thinned(ticks: Sequence[float]) -> list[float]:
    """Keep every other tick, no difference among them."""
    middle = ticks.index(1.0)
    return [tick for place, tick in enumerate(ticks) if (place - middle) % 2 == 0]


def bounds(frame: pd.DataFrame, names: Sequence[str] = ("value", "low", "high")) -> list[float]:
    """Return all numbers of the columns in one list."""
    found: list[float] = frame[list(names)].to_numpy(dtype=np.float64).ravel().tolist()
    return found
