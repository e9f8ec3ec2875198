"""The map as native shapes: one freeform a district, the model units marked, a legend."""

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from analytics.charts import theme
from analytics.charts.layers import Look
from analytics.charts.specs.area_map import MapSpec, map_spec, name_of
from analytics.charts.specs.spec import TYPE
from analytics.exports.pptx.boxes import EMU, FIGURE
from analytics.exports.pptx.colours import fill_xml, pattern_xml
from analytics.exports.pptx.texts import DECORATIVE, clean
from analytics.geography.boundaries import Feature
from analytics.geography.plane import Plane, rings
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_PATTERNS: Final = {"/": ("wdUpDiag", theme.NO_DATA_HATCH), "x": ("diagCross", theme.OUTLINE)}
_BORDER: Final = 6350
_MARKED: Final = 28575
_LEGEND_WIDTH: Final = 3.6
_ROW: Final = 0.42
_SWATCH: Final = (0.36, 0.22)
_LEGEND_POINTS: Final = TYPE


def add_map(slide: Any, exhibit: Exhibit, alt: str, w: Words) -> None:
    """Draw the districts in classes of the value, outline the model units, add the legend."""
    spec = map_spec(exhibit, w)
    left, top, width, height = FIGURE
    plane = Plane.fitting(
        [area.feature for area in spec.areas],
        (width - _LEGEND_WIDTH) * EMU,
        height * EMU,
        left=left * EMU,
        top=top * EMU,
    )
    numbers = _Numbers(slide)
    thin, thick = (theme.OUTLINE, _BORDER), (theme.MODEL, _MARKED)
    areas = [
        _freeform(area.feature, plane, numbers.next(), area.text, _fill(area.look), thin)
        for area in spec.areas
    ]
    marked = [
        _freeform(
            feature,
            plane,
            numbers.next(),
            w("deck.model_unit", name=name_of(feature)),
            "<a:noFill/>",
            thick,
        )
        for feature in spec.outlined
    ]
    tree = slide.shapes._spTree
    _add_group(tree, numbers.next(), w("deck.map"), alt, areas)
    name, outlines = w("deck.model_units"), w("deck.model_units_alt")
    _add_group(tree, numbers.next(), name, outlines, marked)
    _add_legend(tree, spec, numbers, (left + width - _LEGEND_WIDTH + 0.25, top), w)


class _Numbers:
    """Ids of shapes, each once on its slide."""

    def __init__(self, slide: Any) -> None:
        self._last = max(shape.shape_id for shape in slide.shapes)

    def next(self) -> int:
        self._last += 1
        return int(self._last)


def _freeform(
    feature: Feature, plane: Plane, number: int, alt: str, fill: str, line: tuple[str, int]
) -> str:
    """Return the shape of an area, named after it; its rings are parts of one path."""
    outlines = [[plane.place(point) for point in ring] for ring in rings(feature)]
    xs, ys = [x for ring in outlines for x, _ in ring], [y for ring in outlines for _, y in ring]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    paths = "".join(_ring([(x - left, y - top) for x, y in ring]) for ring in outlines)
    colour, width = line
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name_of(feature))} '
        f"descr={quoteattr(clean(alt))}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}">{paths}</a:path></a:pathLst></a:custGeom>'
        f'{fill}<a:ln w="{width}">{fill_xml(colour)}<a:round/></a:ln></p:spPr></p:sp>'
    )


def _ring(points: Sequence[tuple[int, int]]) -> str:
    first, *rest = points
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{first[0]}" y="{first[1]}"/></a:moveTo>{lines}<a:close/>'


def _add_group(tree: Any, number: int, name: str, alt: str, shapes: Sequence[str]) -> None:
    """Add a group of shapes that keep their places on the slide."""
    group = parse_xml(
        f'<p:grpSp {_NAMESPACES}><p:nvGrpSpPr><p:cNvPr id="{number}" name={quoteattr(name)} '
        f"descr={quoteattr(clean(alt))}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
        f"{''.join(shapes)}</p:grpSp>"
    )
    tree.append(group)
    group.recalculate_extents()


def _add_legend(
    tree: Any, spec: MapSpec, numbers: _Numbers, at: tuple[float, float], w: Words
) -> None:
    """Add the legend: each look with its label, below what the map shows."""
    left, top = at
    shapes = [
        _label(numbers.next(), spec.title, (left, top, _LEGEND_WIDTH - 0.25, 0.75), bold=True)
    ]
    entries = [(look.label, _fill(look), (theme.OUTLINE, _BORDER)) for look in spec.looks]
    entries.append((spec.outlined_label, "<a:noFill/>", (theme.MODEL, _MARKED)))
    for place, (text, fill, line) in enumerate(entries):
        y = top + 0.85 + place * _ROW
        shapes.append(_swatch(numbers.next(), (left, y), fill, line))
        box = (left + _SWATCH[0] + 0.15, y - 0.03, _LEGEND_WIDTH - 0.9, 0.3)
        shapes.append(_label(numbers.next(), text, box))
    alt = "; ".join(text for text, _, _ in entries)
    name = w("deck.legend")
    _add_group(tree, numbers.next(), name, w("deck.legend_alt", entries=alt), shapes)


def _swatch(number: int, at: tuple[float, float], fill: str, line: tuple[str, int]) -> str:
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Swatch {number}">{DECORATIVE}'
        f"</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_frame((*at, *_SWATCH))}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln w="{line[1]}">'
        f"{fill_xml(line[0])}</a:ln></p:spPr></p:sp>"
    )


def _label(
    number: int, text: str, box: tuple[float, float, float, float], *, bold: bool = False
) -> str:
    wrap = "square" if bold else "none"  # rows stand close, whatever the house's font
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Label {number}" '
        f'descr={quoteattr(clean(text))}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="{wrap}" lIns="0" rIns="0" tIns="0" bIns="0"/><a:p><a:r>'
        f'<a:rPr sz="{_LEGEND_POINTS}00" b="{int(bold)}"/><a:t>{_escaped(text)}</a:t></a:r></a:p>'
        "</p:txBody></p:sp>"
    )


def _frame(box: tuple[float, float, float, float]) -> str:
    x, y, w, h = (round(value * EMU) for value in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def _fill(look: Look) -> str:
    if look.pattern not in _PATTERNS:
        return fill_xml(look.fill)
    name, ink = _PATTERNS[look.pattern]
    return pattern_xml(name, ink, look.fill)


def _escaped(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
