"""One series of a native chart as DrawingML, bound to its columns of the workbook."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from analytics.charts import theme
from analytics.charts.bar_looks import ARROW
from analytics.charts.specs.spec import (
    TYPE,
    ChartSpec,
    Dash,
    Marker,
    Numbers,
    Series,
    Side,
    Writing,
    serial,
)
from analytics.exports.pptx.colours import fill_xml, pattern_xml
from analytics.exports.pptx.row_names import RowNames
from analytics.exports.pptx.workbook import Block, distances, head, reference

_POINT: Final = 12700
_TEXT: Final = 100 * TYPE
_OUTLINE: Final = 1.5
_GROUND: Final = 20
"""Points from which a line is a ground for others."""
_LANGUAGES: Final = {"de-DE": "-407", "en-GB": "-809"}
_CODES: Final[Mapping[Writing, str]] = {
    "number": '#,##0;"\u2212"#,##0',
    "number_1": "#,##0.0",
    "about": "#,##0.#",
    "share": '0"\u00a0"%',
    "share_1": '0.0"\u00a0"%',
    "signed": '+0;"\u2212"0;0',
    "signed_1": '+0.0;"\u2212"0.0;0',
    "year": "yyyy",
}


def number_format(writing: Writing, tag: str) -> str:
    """Return the format of numbers as the language writes them: separators, room before %."""
    code = _CODES[writing]
    code = code if tag == "de-DE" else code.replace('"\u00a0"', "")
    return f"[${_LANGUAGES[tag]}]{code}" if {",", "."} & set(code) else code


def series_xml(
    spec: ChartSpec,
    series: Series,
    block: Block,
    index: int,
    sheet: str,
    tag: str,
    rows: RowNames | None = None,
) -> str:
    """Return ``c:ser`` of any kind of chart, its parts in the order that the schema asks for."""
    parts = [
        f'<c:idx val="{index}"/><c:order val="{index}"/>',
        f"<c:tx><c:strRef><c:f>{head(sheet, block.y)}</c:f>{_texts([series.name])}"
        "</c:strRef></c:tx>",
        _shape(spec, series),
        "" if spec.kind == "bars" else _marker(series),
        f'<c:invertIfNegative val="0"/>{_planned(series)}' if spec.kind == "bars" else "",
        _labels(spec, series, tag, rows),
        _errors(spec, series, block, sheet),
        _data(spec, series, block, sheet),
    ]
    return f"<c:ser>{''.join(parts)}</c:ser>"


def _data(spec: ChartSpec, series: Series, block: Block, sheet: str) -> str:
    y = _numbers(sheet, block.y, series.y, spec)
    if spec.kind == "scatter":
        x = _numbers(sheet, block.x or 0, series.x, spec)
        return f'<c:xVal>{x}</c:xVal><c:yVal>{y}</c:yVal><c:smooth val="0"/>'
    smooth = '<c:smooth val="0"/>' if spec.kind == "lines" else ""
    return f"<c:cat>{_places(spec, sheet)}</c:cat><c:val>{y}</c:val>{smooth}"


def _places(spec: ChartSpec, sheet: str) -> str:
    """Return the categories of columns, or the days of lines."""
    if spec.categories:
        where = reference(sheet, 0, len(spec.categories))
        return f"<c:strRef><c:f>{where}</c:f>{_texts(spec.categories)}</c:strRef>"
    days = tuple(float(serial(day)) for day in spec.days)
    return _numbers(sheet, 0, days, spec).replace("General", "yyyy\\-mm\\-dd", 1)


def _shape(spec: ChartSpec, series: Series) -> str:
    if spec.kind == "bars":
        return f"<c:spPr>{_bar(series)}</c:spPr>"
    return f"<c:spPr>{_line(series.colour, series.line, series.dash)}</c:spPr>"


def _bar(series: Series) -> str:
    """Return the fill of bars: hatched within an outline where they are made up."""
    if not series.is_made_up:
        return fill_xml(series.colour)
    hatched = pattern_xml("wdUpDiag", series.colour, theme.PAPER)
    return hatched + _line(series.colour, _OUTLINE)


def _planned(series: Series) -> str:
    """Return the bars that are only planned, each as an outline."""
    outline = f"{fill_xml(theme.PAPER)}{_line(series.colour, _OUTLINE, Dash.SHORT)}"
    return "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{outline}</c:spPr></c:dPt>"
        for place, is_planned in enumerate(series.planned)
        if is_planned and series.y[place] is not None
    )


def _marker(series: Series) -> str:
    if series.marker is Marker.NONE:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    fill = fill_xml(theme.PALE if series.is_open else series.colour)
    return (
        f'<c:marker><c:symbol val="{series.marker}"/><c:size val="{series.size}"/>'
        f"<c:spPr>{fill}{_line(series.colour, 1.5)}</c:spPr></c:marker>"
    )


def _labels(spec: ChartSpec, series: Series, tag: str, rows: RowNames | None) -> str:
    hidden = "".join(
        f'<c:{name} val="0"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent")
    )
    hidden += '<c:showBubbleSize val="0"/>'
    if series.value_labels:
        shown = hidden.replace('<c:showVal val="0"/>', '<c:showVal val="1"/>')
        code = escape(number_format(series.value_labels, tag), {'"': "&quot;"})
        position = "outEnd" if spec.kind == "bars" else "t"
        return (
            f'<c:dLbls><c:numFmt formatCode="{code}" sourceLinked="0"/>'
            f'<c:dLblPos val="{position}"/>{shown}</c:dLbls>'
        )
    if not series.labels:
        return ""
    if series.names_rows and rows:
        each = "".join(_row_name(i, rows, tag) for i in range(len(series.labels)))
    else:
        each = "".join(
            _label(i, text, spec, series, tag) for i, text in enumerate(series.labels) if text
        )
    return f"<c:dLbls>{each}{hidden}</c:dLbls>"


def _label(index: int, text: str, spec: ChartSpec, series: Series, tag: str) -> str:
    """Return a text of our own at a point."""
    run = _run(text, _TEXT, tag)
    if series.beyond and series.beyond[index]:
        run = _arrow(series, tag) + run
    # Of bars, what stands right of them is called beyond the end.
    is_beyond = spec.kind == "bars" and series.side is Side.RIGHT
    align = ' algn="r"' if series.side is Side.LEFT else ""
    paragraph = f"<a:p><a:pPr{align}/>{run}</a:p>"
    return _placed(index, paragraph, "outEnd" if is_beyond else series.side)


def _row_name(index: int, rows: RowNames, tag: str) -> str:
    """Return the name of a row; PowerPoint would wrap it again unless told how wide it is."""
    runs = (_run(line, round(100 * rows.points), tag) for line in rows.lines[index])
    paragraphs = "".join(f'<a:p><a:pPr algn="r"/>{run}</a:p>' for run in runs)
    return _placed(index, paragraphs, Side.LEFT, _label_size(rows))


def _run(text: str, size: int, tag: str) -> str:
    return f'<a:r><a:rPr lang="{tag}" sz="{size}" b="0"/><a:t>{escape(text)}</a:t></a:r>'


def _placed(index: int, paragraphs: str, position: str, size: str = "") -> str:
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/>{paragraphs}'
        f'</c:rich></c:tx><c:dLblPos val="{position}"/>{shown}{size}</c:dLbl>'
    )


def _arrow(series: Series, tag: str) -> str:
    """Return the arrow that leads on from a bar's end, in the bar's colour."""
    return (
        f'<a:r><a:rPr lang="{tag}" sz="{_TEXT}" b="0">{fill_xml(series.colour)}</a:rPr>'
        f"<a:t>{ARROW} </a:t></a:r>"
    )


def _label_size(rows: RowNames) -> str:
    return (
        '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
        'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:layout>'
        f'<c:manualLayout><c:w val="{rows.width:.3f}"/><c:h val="{rows.height:.3f}"/>'
        "</c:manualLayout></c15:layout></c:ext></c:extLst>"
    )


def _errors(spec: ChartSpec, series: Series, block: Block, sheet: str) -> str:
    if block.plus is None or block.minus is None:
        return ""
    above, below = distances(series)
    along = '<c:errDir val="y"/>' if spec.kind == "scatter" else ""
    parts = [
        f"<c:{name}>{_numbers(sheet, column, values, spec)}</c:{name}>"
        for name, column, values in (("plus", block.plus, above), ("minus", block.minus, below))
    ]
    line = _line(series.colour, series.error)
    return (
        f'<c:errBars>{along}<c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/>{"".join(parts)}<c:spPr>{line}</c:spPr>'
        "</c:errBars>"
    )


def _numbers(sheet: str, column: int, values: Numbers, spec: ChartSpec) -> str:
    """Return a column with its values; all are as long as the longest, with empty cells below.

    LibreOffice loses a series that is followed by a longer one.
    """
    count = max(len(series.y) for series in spec.series)
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>'
        for i, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{reference(sheet, column, count)}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}'
        "</c:numCache></c:numRef>"
    )


def _texts(values: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v)}</c:v></c:pt>' for i, v in enumerate(values))
    return f'<c:strCache><c:ptCount val="{len(values)}"/>{points}</c:strCache>'


def _line(colour: str, width: float, dash: str = "solid") -> str:
    if not width:
        return "<a:ln><a:noFill/></a:ln>"
    # A broad line is a ground, which LibreOffice draws above what stands on it.
    fill = fill_xml(colour, is_clear=width >= _GROUND)
    return (
        f'<a:ln w="{round(width * _POINT)}" cap="flat">{fill}'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )
