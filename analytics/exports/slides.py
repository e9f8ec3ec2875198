"""A presentation as a PowerPoint file: native charts and shapes that people change themselves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.parts.chart import ChartPart
from pptx.util import Emu, Pt

from analytics.charts.drawings import chart_spec
from analytics.charts.specs.spec import TYPE
from analytics.disclosure import ReleasedTable
from analytics.domain.deck import DeckChoice
from analytics.exports.pptx import boxes
from analytics.exports.pptx.area_map import add_map
from analytics.exports.pptx.brand import Brand, our_brand
from analytics.exports.pptx.chart_xml import chart_xml
from analytics.exports.pptx.edge import edge_xml
from analytics.exports.pptx.finding_table import add_findings
from analytics.exports.pptx.flow import add_flow
from analytics.exports.pptx.package import describe_file, file_bytes
from analytics.exports.pptx.template import template
from analytics.exports.pptx.texts import (
    add_ends,
    add_notes,
    as_set,
    describe,
    tag_language,
    write,
)
from analytics.exports.pptx.workbook import workbook
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck import Slide, data_cut

_LAYOUTS: Final = {
    "title": boxes.TITLE,
    "chart": boxes.WITH_CHART,
    "map": boxes.WITH_MAP,
    "flow": boxes.WITH_MAP,
    "table": boxes.WITH_TABLE,
    "grid": boxes.WITH_TABLE,
    "text": boxes.WITH_TEXT,
    "columns": boxes.WITH_PARTS,
    "open": boxes.TO_FILL,
}
_TITLE_SIZES: Final = ((80, 40.0), (110, 36.0), (10_000, 32.0))
"""Size of a presentation's title up to so many signs, that it fits above its occasion."""
_TEXT_SIZES: Final = ((450, 22.0), (600, 20.0), (10_000, 18.0))
_PART_SIZES: Final = ((330, 20.0), (10_000, 18.0))
_TABLE_WIDTHS: Final = (0.27, 0.13, 0.25, 0.35)
_VALUE_SIZE: Final = 24


def deck_pptx(
    slides: Sequence[Slide], deck: DeckChoice, w: Words, brand: Brand | None = None
) -> bytes:
    """Return the slides as a PowerPoint file, the same bytes for the same slides.

    Each chart is native and holds its numbers in a workbook; the map is made of one shape a
    district. Every object has a text alternative, every run of text its language, and every colour
    is one of the theme's.

    Args:
        slides: What is told.
        deck: The choice that they were made of.
        w: Words of the language.
        brand: The house's colours and fonts; ours if None.
    """
    tag = w.locale.replace("_", "-")
    made = template(brand or our_brand(), w)
    layouts = {layout.name: layout for layout in made.slide_layouts}
    for told in slides:
        slide = made.slides.add_slide(layouts[_layout(told).name])
        _FILL[told.kind](slide, told, w)
        add_ends(slide, told.foot)
        _describe_texts(slide, w)
        if told.is_made_up:
            slide.shapes._spTree.insert(2, parse_xml(edge_xml(slide)))  # behind all others
        add_notes(slide, told.notes)
        for root in (slide._element, slide.notes_slide._element):
            tag_language(root, tag)
    for layout in (*made.slide_layouts, made.slide_master, made.notes_master):
        tag_language(layout._element, tag)
    describe_file(
        made, title=slides[0].title, subject=deck.occasion, tag=tag, as_of=data_cut(slides)
    )
    return file_bytes(made)


def _layout(told: Slide) -> boxes.Layout:
    return boxes.WITH_NUMBER if told.chart and told.number else _LAYOUTS[told.kind]


def _title(slide: Any, told: Slide, w: Words) -> None:
    found = _placeholders(slide)
    occasion, cut = told.lines
    write(found[0], (told.title, False), size=_size(len(told.title), _TITLE_SIZES))
    write(found[boxes.TEXT], (occasion, False))
    write(found[boxes.SENTENCE], (cut, False))
    write(found[boxes.BADGE], (told.provenance_text, False))


def _head(slide: Any, told: Slide) -> dict[int, Any]:
    found = _placeholders(slide)
    write(found[0], (told.title, False))
    write(found[boxes.KICKER], (told.kicker, False))
    write(found[boxes.BADGE], (told.provenance_text, False))
    return found


def _beside(found: dict[int, Any], told: Slide) -> None:
    """Write the number, the lines below it, and how much is not shown."""
    if boxes.BIG in found:
        write(found[boxes.BIG], (told.number, False))
    write(found[boxes.SENTENCE], *((line, False) for line in (*told.lines, told.gap)))


def _size(length: int, sizes: tuple[tuple[int, float], ...]) -> float:
    """Return the size in points for so many signs."""
    return next(size for most, size in sizes if length <= most)


def _chart(slide: Any, told: Slide, w: Words) -> None:
    found = _head(slide, told)
    if told.chart is not None:
        _native_chart(slide, found[boxes.CHART], *told.chart, w)
    _beside(found, told)


def _native_chart(slide: Any, placeholder: Any, drawing: str, exhibit: Exhibit, w: Words) -> None:
    spec, package = chart_spec(drawing, exhibit, w), slide.part.package
    name = package.next_partname(ChartPart.partname_template)
    part = ChartPart.load(
        name, CONTENT_TYPE.DML_CHART, package, chart_xml(spec, w, placeholder.height / boxes.EMU)
    )
    part.chart_workbook.update_from_xlsx_blob(workbook(spec, exhibit, w))
    key = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    sizes = [getattr(placeholder, side) for side in ("left", "top", "width", "height")]
    frame = placeholder._new_chart_graphicFrame(key, *sizes)
    placeholder._replace_placeholder_with(frame)
    describe(next(s for s in slide.shapes if s._element is frame), w("deck.chart"), exhibit.alt)


def _shapes(slide: Any, told: Slide, w: Words) -> None:
    """Draw what no native chart can show: the map, the flow."""
    found = _head(slide, told)
    if told.exhibit is not None:
        _DRAW[told.kind](slide, told.exhibit, told.alt, w)
    lines = found[boxes.SENTENCE]._element
    _beside(found, told)
    slide.shapes._spTree.append(lines)  # read after the picture, as beside a chart


def _table(slide: Any, told: Slide, w: Words) -> None:
    found = _head(slide, told)
    if told.exhibit is not None:
        _write_table(slide, found[boxes.TABLE], told.exhibit.table, told.alt, w)
    _beside(found, told)


def _grid(slide: Any, told: Slide, w: Words) -> None:
    found = _head(slide, told)
    if told.exhibit is not None:
        add_findings(slide, found[boxes.TABLE], told.exhibit, told.alt, w)
    _beside(found, told)


def _text(slide: Any, told: Slide, w: Words) -> None:
    found = _head(slide, told)
    size = _size(sum(map(len, told.lines)), _TEXT_SIZES)
    write(found[boxes.TEXT], *((line, False) for line in told.lines), size=size)


def _parts(slide: Any, told: Slide, w: Words) -> None:
    found = _head(slide, told)
    longest = max(sum(map(len, part.lines)) for part in told.parts)
    size = _size(longest, _PART_SIZES)
    for place, part in zip((boxes.TEXT, boxes.SECOND), told.parts, strict=True):
        lines = ((line, False) for line in part.lines)
        write(found[place], (part.heading, True), *lines, size=size)


def _open(slide: Any, told: Slide, w: Words) -> None:
    """Leave the place empty: PowerPoint shows the layout's prompt in it until somebody writes."""
    _head(slide, told)


def _write_table(slide: Any, place: Any, table: ReleasedTable, alt: str, w: Words) -> None:
    columns, frame = table.readable(), table.frame
    graphic = place.insert_table(len(frame) + 1, len(columns))
    describe(graphic, w("deck.table"), alt)
    native = graphic.table
    native.horz_banding = False
    whole = int(boxes.WITH_TABLE.boxes[3].w * boxes.EMU)
    for position, column in enumerate(columns):
        native.columns[position].width = Emu(round(whole * _TABLE_WIDTHS[position]))
        texts = [column.label, *(str(value) for value in frame[column.name])]
        for row, text in enumerate(texts):
            cell = native.cell(row, position)
            cell.text = as_set(text)
            run = cell.text_frame.paragraphs[0].runs
            for each in run:
                each.font.size = Pt(_VALUE_SIZE if position == 1 and row else TYPE)
                each.font.bold = row == 0 or position == 1


def _describe_texts(slide: Any, w: Words) -> None:
    """Name the text fields in the words of the language; their text is their alternative."""
    for shape in slide.placeholders:
        if shape.has_text_frame:
            index = shape.placeholder_format.idx
            name = w(f"deck.field_{_FIELDS.get(index, 'title')}")
            describe(shape, name, name)


_FIELDS: Final = {
    boxes.KICKER: "part",
    boxes.BADGE: "provenance",
    boxes.SENTENCE: "lines",
    boxes.BIG: "lines",
    boxes.SECOND: "text",
    boxes.OPEN: "open",
    boxes.TEXT: "text",
    boxes.FOOT: "source",
    boxes.NUMBER: "number",
}
_DRAW: Final = {"map": add_map, "flow": add_flow}
_FILL: Final[Mapping[str, Callable[[Any, Slide, Words], None]]] = {
    "title": _title,
    "chart": _chart,
    "map": _shapes,
    "flow": _shapes,
    "table": _table,
    "grid": _grid,
    "text": _text,
    "columns": _parts,
    "open": _open,
}


def _placeholders(slide: Any) -> dict[int, Any]:
    return {shape.placeholder_format.idx: shape for shape in slide.placeholders}
