"""A map for paper: districts in their looks, model units outlined, a legend."""

from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from analytics.charts import theme
from analytics.charts.layers import Look
from analytics.charts.print.paper import printable
from analytics.charts.print.shapes import svg_path
from analytics.charts.specs.area_map import MapSpec
from analytics.geography.plane import Plane

_UNIT: Final = 10
"""Units of the drawing a millimetre."""

_MM_PER_POINT: Final = 25.4 / 72
_SIGN: Final = 0.52
"""Mean width of a sign in parts of the type's size."""

_LEGEND: Final = 86.0
_GAP: Final = 6.0
_ROW: Final = 8.2
_SWATCH: Final = (9.0, 5.6)
_THIN, _MARKED = 0.18, 0.8
_PATTERNS: Final = {
    "/": ("M0 20L20 0", theme.NO_DATA_HATCH),
    "x": ("M0 20L20 0M0 0L20 20", theme.OUTLINE),
}


def printed_map(spec: MapSpec, *, width: float, height: float, points: float) -> str:
    """Return the map as SVG, its legend on the right.

    Args:
        spec: What is drawn.
        width: In millimetres.
        height: In millimetres.
        points: Size of the type.
    """
    inner = (width - _LEGEND - _GAP - 2 * _MARKED) * _UNIT
    edge = _MARKED * _UNIT
    features = [area.feature for area in spec.areas]
    plane = Plane.fitting(
        features, inner, height * _UNIT - 2 * edge, left=edge, top=edge
    )  # fmt: skip
    areas = "".join(
        f'<path d="{svg_path(area.feature, plane)}" fill="{_fill(area.look)}"/>'
        for area in spec.areas
    )
    marked = "".join(f'<path d="{svg_path(feature, plane)}"/>' for feature in spec.outlined)
    size = f'viewBox="0 0 {width * _UNIT:g} {height * _UNIT:g}" width="{width:g}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} height="{height:g}mm">'
        f"<defs>{_patterns(spec.looks)}</defs>"
        f'<g stroke-linejoin="round" fill-rule="evenodd"><g {_line(theme.OUTLINE, _THIN)}>'
        f'{areas}</g><g fill="none" {_line(theme.PAPER, 2 * _MARKED)}>{marked}</g>'
        f'<g fill="none" {_line(theme.MODEL, _MARKED)}>{marked}</g></g>'
        f"{_legend(spec, (width - _LEGEND) * _UNIT, points)}</svg>"
    )


def _legend(spec: MapSpec, left: float, points: float) -> str:
    """Return each look with its label, below what the map shows."""
    size, edge = points * _MM_PER_POINT * _UNIT, _MARKED * _UNIT
    font = f'font-family="{theme.PRINT_FONT}" font-size="{size:g}" fill="{theme.INK}"'
    rows = [
        *((look.label, _fill(look), _line(theme.OUTLINE, _THIN)) for look in spec.looks),
        (spec.outlined_label, "none", _line(theme.MODEL, _MARKED)),
    ]
    lines = wrap(spec.title, round(_LEGEND / (points * _MM_PER_POINT * _SIGN)))
    parts = []
    for place, line in enumerate(lines):
        y = size * (1 + 1.2 * place)
        parts.append(f'<text x="{left:g}" y="{y:g}" font-weight="600">{_text(line)}</text>')
    top = size * 1.2 * len(lines) + 0.4 * size
    wide, high = (each * _UNIT for each in _SWATCH)
    for place, (label, fill, line) in enumerate(rows):
        y = top + place * _ROW * _UNIT
        x, beside, middle = left + edge / 2, left + wide + 0.6 * size, y + high / 2 + 0.35 * size
        parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" fill="{fill}" {line}/>'
            f'<text x="{beside:g}" y="{middle:g}">{_text(label)}</text>'
        )
    return f"<g {font}>{''.join(parts)}</g>"


def _patterns(looks: tuple[Look, ...]) -> str:
    found = []
    for look in looks:
        if look.pattern in _PATTERNS:
            path, ink = _PATTERNS[look.pattern]
            found.append(
                f'<pattern id="{_name(look)}" width="20" height="20" patternUnits="userSpaceOnUse">'
                f'<rect width="20" height="20" fill="{look.fill}"/>'
                f'<path d="{path}" stroke="{ink}" stroke-width="3"/></pattern>'
            )
    return "".join(found)


def _fill(look: Look) -> str:
    return f"url(#{_name(look)})" if look.pattern in _PATTERNS else look.fill


def _name(look: Look) -> str:
    return {"/": "hatched", "x": "crossed"}[look.pattern]


def _line(colour: str, millimetres: float) -> str:
    return f'stroke="{colour}" stroke-width="{millimetres * _UNIT:g}"'


def _text(text: str) -> str:
    return escape(printable(text))
