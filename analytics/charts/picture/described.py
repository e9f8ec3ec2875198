"""A Plotly figure as plain values, with what its template says filled in."""

import base64
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import plotly.graph_objects as go

from analytics.charts.picture.known import check

Part = Mapping[str, Any]

_AXIS_DEFAULTS: Final[Part] = {"visible": True, "showticklabels": True, "domain": [0, 1]}


@dataclass(frozen=True, slots=True)
class Described:
    """A figure.

    Attributes:
        traces: In their order.
        layout: All but axes.
        axes: By name (``x``, ``y2``), with the template's values.
        font: Of what says none of its own.
    """

    traces: tuple[Part, ...]
    layout: Part
    axes: Mapping[str, Part]
    font: Part


def described(figure: go.Figure) -> Described:
    """Return a figure's values; raises UnknownPartError for a part that is not drawn."""
    plain = figure.to_plotly_json()
    traces, layout = plain["data"], dict(plain["layout"])
    check(traces, layout)
    template = layout.pop("template")["layout"]
    axes = {"x": template["xaxis"], "y": template["yaxis"]}
    named = {name: layout.pop(name) for name in list(layout) if name[1:5] == "axis"}
    for each in ("xaxis", "yaxis", *_used(traces)):
        named.setdefault(each, {})
    found = {
        name[0] + name[5:]: merged(_AXIS_DEFAULTS, axes[name[0]], own)
        for name, own in named.items()
    }
    layout["legend"] = merged(template["legend"], layout.get("legend", {}))
    layout["margin"] = merged(template["margin"], layout.get("margin", {}))
    return Described(tuple(traces), layout, found, template["font"])


def _used(traces: Iterable[Part]) -> list[str]:
    refs = [str(trace.get(f"{way}axis", way)) for trace in traces for way in "xy"]
    return [f"{ref[0]}axis{ref[1:]}" for ref in refs]


def merged(*parts: Part) -> dict[str, Any]:
    """Return the parts laid over each other, the last one on top."""
    found: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            below = found.get(name)
            is_part = isinstance(value, Mapping) and isinstance(below, Mapping)
            found[name] = merged(cast(Part, below), value) if is_part else value
    return found


def get(part: Part, path: str, default: Any = None) -> Any:
    """Return what stands at a dotted path, or the default where nothing does."""
    found: Any = part
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
        if found is None:
            return default
    return found


def values(column: Any) -> list[Any]:
    """Return a column of a trace, however Plotly holds it; gaps as None."""
    if column is None:
        return []
    if isinstance(column, Mapping):
        column = _decoded(column)
    return [None if is_gap(each) else each for each in column]


def _decoded(column: Part) -> Any:
    return np.frombuffer(base64.b64decode(column["bdata"]), dtype=np.dtype(column["dtype"]))


def is_gap(value: Any) -> bool:
    """Say whether there is no value: None, NaN or NaT."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "NaT"


def each(value: Any, position: int) -> Any:
    """Return a look at one point of a trace: its own, or that of all."""
    if isinstance(value, list | tuple | np.ndarray):
        return value[position]
    return value
