"""The flow as native shapes: a freeform a stream, a rectangle a bar, a text field a name."""

from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml

from analytics.charts import theme
from analytics.charts.specs.flow import Bar, Label, Ribbon, flow_spec
from analytics.charts.specs.spec import TYPE
from analytics.exports.pptx.boxes import EMU, FIGURE
from analytics.exports.pptx.colours import fill_xml
from analytics.exports.pptx.texts import clean
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


def add_flow(slide: Any, exhibit: Exhibit, alt: str, w: Words) -> None:
    """Draw streams, bars and names, each kind as a group that can be taken apart."""
    spec, tree = flow_spec(exhibit, w), slide.shapes._spTree
    first = max(shape.shape_id for shape in slide.shapes) + 1
    groups = (
        (w("deck.streams"), alt, [_ribbon(each) for each in spec.ribbons]),
        (w("deck.offices"), w("deck.offices_alt"), [_bar(each) for each in spec.bars]),
        (w("deck.names"), "; ".join(bar.text for bar in spec.bars),
         [_label(each) for each in spec.labels]),
    )  # fmt: skip
    for name, text, shapes in groups:
        numbered = "".join(
            shape.replace("{id}", str(first + 1 + place)) for place, shape in enumerate(shapes)
        )
        group = parse_xml(
            f'<p:grpSp {_NAMESPACES}><p:nvGrpSpPr><p:cNvPr id="{first}" name={quoteattr(name)} '
            f"descr={quoteattr(clean(text))}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
            f"{numbered}</p:grpSp>"
        )
        tree.append(group)
        group.recalculate_extents()
        first += len(shapes) + 1


def _ribbon(ribbon: Ribbon) -> str:
    """Return a stream as one closed path of two curves that leave and arrive level."""
    top = min(ribbon.begin, ribbon.end)
    wide = _emu(ribbon.right - ribbon.left)
    high = _emu(max(ribbon.begin, ribbon.end) + ribbon.height - top)
    begin, end, thick = (_emu(each) for each in
                         (ribbon.begin - top, ribbon.end - top, ribbon.height))  # fmt: skip
    half = wide // 2
    path = (
        f"<a:moveTo>{_point(0, begin)}</a:moveTo>"
        f"<a:cubicBezTo>{_point(half, begin)}{_point(half, end)}{_point(wide, end)}</a:cubicBezTo>"
        f"<a:lnTo>{_point(wide, end + thick)}</a:lnTo>"
        f"<a:cubicBezTo>{_point(half, end + thick)}{_point(half, begin + thick)}"
        f"{_point(0, begin + thick)}</a:cubicBezTo><a:close/>"
    )
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{high}">{path}</a:path></a:pathLst></a:custGeom>'
    )
    colour = theme.OUTLINE if ribbon.is_largest else theme.PALE
    told = f"{ribbon.name}: {ribbon.text}"
    frame = _frame(ribbon.left, top, wide, high)
    return _shape(ribbon.name, told, frame + geometry + fill_xml(colour, is_clear=True) + _NO_LINE)


def _bar(bar: Bar) -> str:
    frame = _frame(bar.left, bar.top, _emu(bar.width), _emu(bar.height))
    rectangle = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape(bar.name, bar.text, frame + rectangle + fill_xml(theme.NEUTRAL) + _NO_LINE)


def _label(label: Label) -> str:
    """Return a name as text that may be changed; its number stands below it."""
    frame = _frame(label.left, label.top, _emu(label.width), _emu(label.height))
    side = "r" if label.is_left else "l"
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{side}"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc></a:pPr><a:r>'
        f'<a:rPr sz="{TYPE}00" b="{int(line is label.lines[-1])}"/>'
        f"<a:t>{escape(clean(line))}</a:t></a:r></a:p>"
        for line in label.lines
    )
    text = " ".join(label.lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{{id}}" name={quoteattr(clean(text))} '
        f'descr={quoteattr(clean(text))}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        '<a:bodyPr wrap="none" lIns="0" rIns="0" tIns="0" bIns="0" anchor="ctr"/>'
        f"{paragraphs}</p:txBody></p:sp>"
    )


def _shape(name: str, text: str, properties: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{{id}}" name={quoteattr(clean(name))} '
        f"descr={quoteattr(clean(text))}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{properties}</p:spPr></p:sp>"
    )


def _frame(left: float, top: float, wide: int, high: int) -> str:
    x, y = _emu(FIGURE[0] + left), _emu(FIGURE[1] + top)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def _point(x: int, y: int) -> str:
    return f'<a:pt x="{x}" y="{y}"/>'


def _emu(inches: float) -> int:
    return round(inches * EMU)
