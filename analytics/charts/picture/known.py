"""What of Plotly the painter draws; anything else is refused by name and never drawn wrongly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_ANY: Final = None
_BESIDE: Final = frozenset(
    {"hovertext", "hovertemplate", "hoverinfo", "hoverongaps", "hoveron", "customdata", "meta"}
)
"""What is there for pointing and clicking."""

_FONT: Final = ("color", "size", "style")
_ERROR: Final = ("type", "array", "arrayminus", "symmetric", "color", "thickness", "width")
_SHAPES: Final = (
    "circle", "circle-open", "square", "diamond", "triangle-up", "triangle-down", "triangle-right",
    "triangle-ne", "triangle-se", "x-thin", "line-ew", "line-ns",
)  # fmt: skip
_LINE: Final = ("line.color", "line.width")
_MARKER: Final = ("color", "size", "opacity", "line.color", "line.width")
_SIDES: Final = tuple(
    f"{up} {across}" for up in ("top", "middle", "bottom") for across in ("left", "center", "right")
)

Known = Mapping[str, Sequence[object] | None]


def _all(prefix: str, names: Sequence[str]) -> dict[str, None]:
    return {f"{prefix}.{name}": _ANY for name in names}


_PLACED: Final[Known] = {"x": _ANY, "y": _ANY, "xaxis": _ANY, "yaxis": _ANY}
_NAMED: Final[Known] = {"type": _ANY, "name": _ANY, "showlegend": _ANY}
_TRACES: Final[Mapping[str, Known]] = {
    "scatter": {
        **_NAMED, **_PLACED, "text": _ANY, "cliponaxis": _ANY,
        "connectgaps": (False,), "fillcolor": _ANY, "fill": ("tonexty", "toself"),
        "mode": ("lines", "markers", "text", "lines+markers", "markers+text"),
        "line.shape": ("linear", "hv"), "line.dash": _ANY, **_all("line", ("color", "width")),
        "marker.symbol": _SHAPES, **_all("marker", _MARKER), "textposition": _SIDES,
        **_all("textfont", _FONT), **_all("error_x", _ERROR), **_all("error_y", _ERROR),
    },
    "bar": {
        **_NAMED, **_PLACED, "text": _ANY, "cliponaxis": _ANY, "width": _ANY,
        "orientation": ("h", "v"), "textposition": ("outside",), "textangle": (0,),
        "constraintext": ("none",), **_all("textfont", _FONT),
        "marker.color": _ANY, **_all("marker", _LINE), "marker.pattern.shape": ("", "/", "x"),
        **_all("marker.pattern", ("fgcolor", "bgcolor", "size", "solidity")),
        **_all("error_x", _ERROR),
    },
    "box": {
        **_NAMED, **_PLACED, "orientation": ("h",), "boxpoints": ("all",), "jitter": _ANY,
        "pointpos": (0,), "width": _ANY, "whiskerwidth": (0,), "fillcolor": _ANY,
        **_all("line", ("color", "width")), **_all("marker", _MARKER),
    },
    "heatmap": {
        **_NAMED, **_PLACED, "z": _ANY, "zmin": _ANY, "zmax": _ANY, "colorscale": _ANY,
        "showscale": (False,), "text": _ANY, "texttemplate": ("%{text}",), "xgap": _ANY,
        "ygap": _ANY, **_all("textfont", _FONT),
    },
    "sankey": {
        "type": _ANY, "arrangement": ("fixed",), **_all("textfont", _FONT),
        **_all("node", ("label", "x", "y", "pad", "thickness", "color", "customdata")),
        "node.line.width": (0,), "node.hovertemplate": _ANY,
        **_all("link", ("source", "target", "value", "color", "customdata", "hovertemplate")),
    },
    "choropleth": {
        **_NAMED, "geojson": _ANY, "locations": _ANY, "z": _ANY, "zmin": _ANY, "zmax": _ANY,
        "colorscale": _ANY, "showscale": (False,), **_all("marker", _LINE),
        "selected.marker.opacity": (1,), "unselected.marker.opacity": (1,),
    },
    "scattergeo": {
        **_NAMED, "lon": _ANY, "lat": _ANY, "text": _ANY, "textposition": _SIDES,
        "mode": ("lines", "markers", "text", "markers+text"), **_all("line", ("color", "width")),
        "marker.symbol": _SHAPES, **_all("marker", _MARKER), **_all("textfont", _FONT),
    },
}  # fmt: skip
_AXIS: Final[Known] = {
    "anchor": _ANY, "domain": _ANY, "fixedrange": _ANY, "matches": _ANY, "range": _ANY,
    "autorange": ("reversed",), "showgrid": _ANY, "showline": _ANY,
    "showticklabels": _ANY, "side": ("top", "bottom"), "tickangle": (0,),
    "tickfont.color": _ANY, "tickfont.size": _ANY, "ticklabeloverflow": _ANY,
    "ticklabelstandoff": _ANY, "tickmode": ("array",), "ticks": ("", "outside"),
    "ticktext": _ANY, "tickvals": _ANY, "title.text": _ANY,
    "type": ("date", "linear"), "visible": _ANY,
}  # fmt: skip
_LAYOUT: Final[Known] = {
    "template": _ANY, "separators": _ANY, "height": _ANY, "showlegend": _ANY, "bargap": _ANY,
    "barmode": ("group", "overlay", "stack"), "clickmode": _ANY, "hovermode": _ANY,
    **_all("margin", ("l", "r", "t", "b")),
    **{f"axis.{name}": values for name, values in _AXIS.items()},
    "geo.visible": (False,), "geo.fitbounds": ("locations",), "geo.projection.type": ("mercator",),
    "geo.bgcolor": _ANY, "geo.resolution": _ANY,
    **_all("legend", ("itemwidth", "y", "yref")), "legend.yanchor": ("top", "bottom"),
    "legend.orientation": ("h", "v"), "legend.traceorder": ("normal", "reversed"),
    "legend.title.text": _ANY, "legend.title.side": ("top",),
    **_all("annotations", ("text", "x", "y", "xref", "yref", "xshift", "yshift", "align",
                           "bgcolor", "borderpad", "xanchor", "yanchor")),
    "annotations.showarrow": (False,), **_all("annotations.font", _FONT),
    "shapes.type": ("line", "rect"), "shapes.layer": ("below", "above"),
    **_all("shapes", ("x0", "x1", "y0", "y1", "xref", "yref", "fillcolor")),
    **_all("shapes.line", ("color", "width", "dash")),
}  # fmt: skip
_AXIS_NAME: Final = re.compile(r"^[xy]axis[0-9]*$")
_OPAQUE: Final = frozenset({"geojson", "template"})


class UnknownPartError(ValueError):
    """A chart uses a part of Plotly that the painter does not draw."""


def check(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
    """Raise UnknownPartError for the first part of a figure that is not drawn."""
    for trace in traces:
        kind = str(trace["type"])
        if kind not in _TRACES:
            raise UnknownPartError(f"trace {kind}")
        _check(trace, _TRACES[kind], kind)
    _check(layout, _LAYOUT, "layout")


def _check(part: Mapping[str, Any], known: Known, what: str) -> None:
    for path, value in _leaves(part, is_layout=known is _LAYOUT):
        if path.partition(".")[0] in _BESIDE:
            continue
        if path not in known:
            raise UnknownPartError(f"{what}: {path}")
        allowed = known[path]
        found = value if isinstance(value, list | tuple) else [value]
        if allowed is not None and (wrong := [each for each in found if each not in allowed]):
            raise UnknownPartError(f"{what}: {path} is {wrong[0]!r}")


def _leaves(
    part: Mapping[str, Any], above: str = "", *, is_layout: bool = False
) -> Iterator[tuple[str, Any]]:
    for name, value in part.items():
        path = above + (_AXIS_NAME.sub("axis", name) if is_layout and not above else name)
        if isinstance(value, Mapping) and name not in _OPAQUE and "bdata" not in value:
            yield from _leaves(value, f"{path}.")
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            for each in value:
                yield from _leaves(each, f"{path}.")
        else:
            yield path, value
