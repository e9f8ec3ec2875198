"""A native chart as DrawingML: what PowerPoint draws, and edits from its workbook."""

from typing import Final
from xml.sax.saxutils import escape

from analytics.charts import theme
from analytics.charts.specs.spec import TYPE, Axis, ChartSpec
from analytics.exports.pptx.colours import fill_xml
from analytics.exports.pptx.row_names import row_names
from analytics.exports.pptx.series_xml import number_format, series_xml
from analytics.exports.pptx.workbook import blocks
from analytics.i18n import Words

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_QUOTE: Final = {'"': "&quot;"}
_X, _Y = 111, 222
_TOP, _RIGHT = 0.03, 0.03
_LEGEND: Final = 0.17
"""Part of the height for a legend of two lines, where the plot's place is given."""
_BELOW: Final = 0.95
"""Inches for ticks and the title of the axis below the points, however high the chart is."""
_NO_LINE: Final = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
_MOST_DAYS: Final = 2500
"""Of a line for which every year is named."""


def chart_xml(spec: ChartSpec, w: Words, height: float) -> bytes:
    """Return the chart's XML, its texts in the language of ``w``; the workbook is added to it.

    ``height`` is the chart's in inches.
    """
    tag = w.locale.replace("_", "-")
    sheet = w("deck.sheet_chart")
    found = zip(spec.series, blocks(spec), strict=True)
    rows = row_names(spec, height * _plot_share(spec, height), height)
    series = "".join(series_xml(spec, s, b, i, sheet, tag, rows) for i, (s, b) in enumerate(found))
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{i}"/><c:delete val="1"/></c:legendEntry>'
        for i, each in enumerate(spec.series)
        if not each.in_legend
    )
    legend = (
        f'<c:legend><c:legendPos val="t"/>{hidden}<c:overlay val="0"/>{_text(tag)}</c:legend>'
        if spec.legend
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMESPACES}>'
        f'<c:date1904 val="0"/><c:lang val="{tag}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_layout(spec, height)}'
        f"{_plot(spec, series)}{_axes(spec, tag)}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(tag)}</c:chartSpace>"
    ).encode()


def _layout(spec: ChartSpec, height: float) -> str:
    """Leave room for texts left of the points; else the program finds the places itself."""
    if not spec.label_share:
        return "<c:layout/>"
    box = {
        "x": spec.label_share,
        "y": _above(spec),
        "w": 1 - spec.label_share - _RIGHT,
        "h": _plot_share(spec, height),
    }
    sizes = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in box.items())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
    )


def _above(spec: ChartSpec) -> float:
    return _LEGEND if spec.legend else _TOP


def _plot_share(spec: ChartSpec, height: float) -> float:
    return 1 - _above(spec) - _BELOW / height


def _plot(spec: ChartSpec, series: str) -> str:
    ids = f'<c:axId val="{_X}"/><c:axId val="{_Y}"/>'
    match spec.kind:
        case "scatter":
            return (
                '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
                f"{series}{ids}</c:scatterChart>"
            )
        case "lines":
            return (
                '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
                f'{series}<c:marker val="1"/>{ids}</c:lineChart>'
            )
        case "bars":
            return (
                '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
                f'<c:varyColors val="0"/>{series}<c:gapWidth val="30"/><c:overlap val="-5"/>'
                f"{ids}</c:barChart>"
            )


def _axes(spec: ChartSpec, tag: str) -> str:
    if spec.kind == "scatter":
        x = _value_axis(spec.x, _X, _Y, "b", tag, spec.y.crosses, "midCat")
        return x + _value_axis(spec.y, _Y, _X, "l", tag, spec.x.crosses, "midCat")
    is_dated = spec.kind == "lines"
    name, code = ("dateAx", "yyyy") if is_dated else ("catAx", "General")
    rest = (
        '<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="months"/>'
        f'<c:majorUnit val="{_years(spec)}"/><c:majorTimeUnit val="years"/>'
        if is_dated
        else '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/>'
    )
    title = _title(spec.x.title, tag, is_upright=False) if spec.x.title else ""
    # Bars are read from top to bottom, but drawn from the axis' foot.
    order, side, marks = ("minMax", "b", "out") if is_dated else ("maxMin", "l", "none")
    places = (
        f'<c:{name}><c:axId val="{_X}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/>{title}'
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{marks}"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{_line(theme.OUTLINE) if spec.x.line else _NO_LINE}{_text(tag)}"
        f'<c:crossAx val="{_Y}"/><c:crosses val="autoZero"/>{rest}</c:{name}>'
    )
    if is_dated:
        return places + _value_axis(spec.y, _Y, _X, "l", tag, None, "midCat")
    return places + _value_axis(spec.y, _Y, _X, "b", tag, None, "between")


def _years(spec: ChartSpec) -> int:
    """Return how many years apart the ticks are."""
    span = (spec.days[-1] - spec.days[0]).days if spec.days else 0
    return max(1, round(span / _MOST_DAYS))


def _value_axis(
    axis: Axis, own: int, other: int, side: str, tag: str, crosses: float | None, between: str
) -> str:
    """Return an axis; ``crosses`` is where it stands on the other one."""
    ends = [("max", axis.high), ("min", axis.low)]
    scaling = "".join(f'<c:{name} val="{v!r}"/>' for name, v in ends if v is not None)
    grid = f"<c:majorGridlines>{_line(theme.GRID)}</c:majorGridlines>" if axis.grid else ""
    title = _title(axis.title, tag, is_upright=side == "l") if axis.title else ""
    where = '<c:crosses val="min"/>' if crosses is None else f'<c:crossesAt val="{crosses!r}"/>'
    step = f'<c:majorUnit val="{axis.step!r}"/>' if axis.step else ""
    marks = "out" if axis.line and side == "b" else "none"
    line = _line(theme.OUTLINE) if axis.line else _NO_LINE
    labels = "none" if axis.is_hidden else "low"
    code = escape(number_format(axis.writing, tag), _QUOTE)
    # An axis without labels still draws its line: where no difference lies.
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>{scaling}'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{side}"/>{grid}{title}'
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{marks}"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{labels}"/>{line}{_text(tag)}'
        f'<c:crossAx val="{other}"/>{where}<c:crossBetween val="{between}"/>{step}</c:valAx>'
    )


def _title(text: str, tag: str, *, is_upright: bool) -> str:
    turn = ' rot="-5400000" vert="horz"' if is_upright else ""
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turn}/><a:p><a:pPr>{_font()}</a:pPr>"
        f'<a:r><a:rPr lang="{tag}" sz="{TYPE}00" b="0"/><a:t>{escape(text)}</a:t></a:r>'
        "</a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="9525">{fill_xml(colour)}</a:ln></c:spPr>'


def _font() -> str:
    return (
        f'<a:defRPr sz="{TYPE}00" b="0"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/></a:defRPr>'
    )


def _text(tag: str) -> str:
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_font()}</a:pPr>"
        f'<a:endParaRPr lang="{tag}"/></a:p></c:txPr>'
    )
