"""Axes: what value stands where, from numbers, dates or categories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from analytics.charts.picture.described import Described, Part, get, values
from analytics.charts.picture.known import UnknownPartError

Kind = Literal["number", "date", "category"]

_DAY: Final = 86_400.0
_PAD: Final = 0.05
"""Of an axis without a range of its own, kept free on both sides of its marks."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis before it has a place.

    Attributes:
        name: As traces refer to it: ``x``, ``y2``.
        part: What Plotly knows of it.
        kind: What its values are.
        low, high: Values at its beginning (left, below) and end.
        categories: In their order.
    """

    name: str
    part: Part
    kind: Kind
    low: float
    high: float
    categories: tuple[str, ...] = ()

    def number(self, value: Any) -> float:
        """Return a value as a number on the axis: dates as days, categories as places."""
        if self.kind == "category" and isinstance(value, str):
            return float(self.categories.index(value))
        return number(value, self.kind)

    def ticks(self) -> list[tuple[float, str]]:
        """Return where which text stands; raises UnknownPartError where Plotly would choose."""
        if self.kind == "category":
            return [(float(place), text) for place, text in enumerate(self.categories)]
        if "tickvals" not in self.part:
            raise UnknownPartError(f"axis {self.name} without ticks")
        pairs = zip(values(self.part["tickvals"]), self.part["ticktext"], strict=True)
        places = [(self.number(value), str(text)) for value, text in pairs]
        low, high = sorted((self.low, self.high))
        room = 1e-6 * (high - low)
        return [(at, text) for at, text in places if low - room <= at <= high + room]


def number(value: Any, kind: Kind) -> float:
    """Return a value of an axis as a number."""
    if kind == "date":
        return float(pd.Timestamp(value).timestamp() / _DAY)
    return float(value)


def axes(figure: Described) -> dict[str, Axis]:
    """Return all axes with their ranges; those that match another have one in common."""
    of_axis: dict[str, list[Part]] = {name: [] for name in figure.axes}
    for trace in figure.traces:
        if "lat" not in trace and "geojson" not in trace:
            for way in "xy":
                of_axis[str(trace.get(f"{way}axis", way))].append(trace)
    found = {}
    for name, part in figure.axes.items():
        root = _root(name, figure.axes)
        shared = [each for each in figure.axes if _root(each, figure.axes) == root]
        traces = [trace for each in shared for trace in of_axis[each]]
        ranged = next((figure.axes[each] for each in shared if "range" in figure.axes[each]), part)
        found[name] = _axis(name, part, ranged, traces)
    return found


def _root(name: str, parts: Mapping[str, Part]) -> str:
    while "matches" in parts[name]:
        name = str(parts[name]["matches"])
    return name


def _axis(name: str, part: Part, ranged: Part, traces: Sequence[Part]) -> Axis:
    boxes = tuple(str(trace["name"]) for trace in traces if trace["type"] == "box")
    if boxes and name[0] == "y":
        low, high = -0.5, len(boxes) - 0.5
        if part.get("autorange") == "reversed":
            low, high = high, low
        return Axis(name, part, "category", low, high, boxes)
    column = [value for trace in traces for value in values(trace.get(name[0]))]
    firm = [value for value in column if value is not None]
    kind = _kind(part, firm)
    if "range" in ranged:
        low, high = (number(end, kind) for end in ranged["range"])
    else:
        low, high = _span([number(value, kind) for value in firm], part, traces)
    return Axis(name, part, kind, low, high)


def _kind(part: Part, firm: Sequence[Any]) -> Kind:
    if part.get("type"):
        return "date" if part["type"] == "date" else "number"
    if not firm or isinstance(firm[0], int | float) or hasattr(firm[0], "__float__"):
        return "number"
    if isinstance(firm[0], str):
        raise UnknownPartError(f"categories: {firm[0]}")
    return "date"


def _span(found: Iterable[float], part: Part, traces: Sequence[Part]) -> tuple[float, float]:
    """Return the ends of an axis that says none: all marks, with room where they have a size."""
    known = list(found) or [0.0, 1.0]
    low, high = min(known), max(known)
    if any(trace["type"] == "bar" for trace in traces):
        low, high = min(0.0, low), max(0.0, _stacked(traces), high)
    is_marked = any("markers" in str(get(trace, "mode", "")) for trace in traces)
    room = _PAD * (high - low) if is_marked else 0.0
    return low - room, max(high + room, low + 1e-9)


def _stacked(traces: Sequence[Part]) -> float:
    """Return how far bars reach that stand on each other."""
    totals: dict[Any, float] = {}
    for trace in traces:
        along, across = ("x", "y") if trace.get("orientation") == "h" else ("y", "x")
        for place, value in zip(values(trace.get(across)), values(trace.get(along)), strict=False):
            totals[place] = totals.get(place, 0.0) + (value or 0.0)
    return max(totals.values(), default=0.0)
