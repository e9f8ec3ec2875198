"""A flow for paper: streams, bars and names, where slides have them."""

from typing import Final
from xml.sax.saxutils import escape

from analytics.charts import theme
from analytics.charts.print.paper import printable
from analytics.charts.specs.flow import HEIGHT, WIDTH, FlowSpec, Label, Ribbon

_UNIT: Final = 100
"""Units of the drawing an inch."""
_POINTS: Final = _UNIT / 72


def printed_flow(spec: FlowSpec, *, width: float, height: float, points: float) -> str:
    """Return the flow as SVG.

    Args:
        spec: What is drawn.
        width: In millimetres.
        height: In millimetres.
        points: Size of the type, as the spec has laid out the names for it.
    """
    ribbons = "".join(map(_ribbon, spec.ribbons))
    bars = "".join(
        f'<rect x="{_at(bar.left)}" y="{_at(bar.top)}" width="{_at(bar.width)}" '
        f'height="{_at(bar.height)}" fill="{theme.NEUTRAL}"/>'
        for bar in spec.bars
    )
    size = points * _POINTS
    names = "".join(_label(label, size) for label in spec.labels)
    box = f'viewBox="0 0 {_at(WIDTH)} {_at(HEIGHT)}" width="{width:g}mm" height="{height:g}mm"'
    font = f'font-family="{theme.PRINT_FONT}" font-size="{size:g}" fill="{theme.INK}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
        f"<g>{ribbons}{bars}</g><g {font}>{names}</g></svg>"
    )


def _ribbon(ribbon: Ribbon) -> str:
    left, right = _at(ribbon.left), _at(ribbon.right)
    half = _at((ribbon.left + ribbon.right) / 2)
    begin, end = _at(ribbon.begin), _at(ribbon.end)
    under, over = _at(ribbon.end + ribbon.height), _at(ribbon.begin + ribbon.height)
    colour = theme.OUTLINE if ribbon.is_largest else theme.PALE
    return (
        f'<path d="M{left} {begin}C{half} {begin} {half} {end} {right} {end}L{right} {under}'
        f'C{half} {under} {half} {over} {left} {over}Z" fill="{colour}" fill-opacity="0.5"/>'
    )


def _label(label: Label, size: float) -> str:
    step = label.height * _UNIT / len(label.lines)
    anchor, at = ("end", label.left + label.width) if label.is_left else ("start", label.left)
    return "".join(
        f'<text x="{_at(at)}" y="{label.top * _UNIT + step * place + size:.1f}" '
        f'text-anchor="{anchor}" font-weight="{600 if line is label.lines[-1] else 400}">'
        f"{escape(printable(line))}</text>"
        for place, line in enumerate(label.lines)
    )


def _at(inches: float) -> str:
    return f"{inches * _UNIT:.1f}"
