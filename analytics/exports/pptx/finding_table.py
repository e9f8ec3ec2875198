"""Districts by indicators as a native table: each cell filled by its finding, with its sign."""

from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from analytics.charts import theme
from analytics.charts.specs.finding_grid import grid_spec
from analytics.charts.specs.spec import TYPE
from analytics.exports.pptx import boxes
from analytics.exports.pptx.colours import fill_xml
from analytics.exports.pptx.texts import as_set, describe
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_DRAWING: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_NAMES: Final = 3.1
"""Inches for the longest name of a district."""
_ROW: Final = 0.335
_HEAD: Final = 0.66
"""Inches: two lines of the head of a column."""
_ASIDE: Final = Emu(round(0.06 * boxes.EMU))
_ABOVE: Final = Emu(round(0.01 * boxes.EMU))


def add_findings(slide: Any, place: Any, exhibit: Exhibit, alt: str, w: Words) -> None:
    """Write the table of findings into the place of a table.

    Args:
        slide: That it is on.
        place: Placeholder.
        exhibit: Rows of ``reports.exploring.district_grid``, few enough for a slide.
        alt: Text alternative.
        w: Words of the language.
    """
    spec = grid_spec(exhibit, w)
    graphic = place.insert_table(len(spec.rows) + 1, len(spec.heads) + 1)
    describe(graphic, w("deck.table"), alt)
    native = graphic.table
    native.horz_banding = False
    native.first_col = True
    whole = boxes.WITH_TABLE.boxes[3].w
    each = (whole - _NAMES) / len(spec.heads)
    for number, column in enumerate(native.columns):
        column.width = Emu(round((each if number else _NAMES) * boxes.EMU))
    for number, row in enumerate(native.rows):
        row.height = Emu(round((_ROW if number else _HEAD) * boxes.EMU))
    for across, text in enumerate((spec.corner, *spec.heads)):
        _write(native.cell(0, across), text, "", bold=True)
    for down, (name, cells) in enumerate(spec.rows, start=1):
        _write(native.cell(down, 0), name, theme.PAPER, bold=False, ink=theme.INK)
        for across, (look, text) in enumerate(cells, start=1):
            _write(native.cell(down, across), text, look.fill, bold=bool(look.sign), ink=theme.INK)


def _write(cell: Any, text: str, fill: str, *, bold: bool, ink: str = "") -> None:
    cell.text = as_set(text)
    cell.margin_left = cell.margin_right = _ASIDE
    cell.margin_top = cell.margin_bottom = _ABOVE
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(TYPE)
        run.font.bold = bold
        if ink:
            run.font._rPr.insert(0, parse_xml(_in_drawing(fill_xml(ink))))
    if fill:
        cell._tc.get_or_add_tcPr().append(parse_xml(_in_drawing(fill_xml(fill))))


def _in_drawing(xml: str) -> str:
    return xml.replace("<a:solidFill>", f"<a:solidFill {_DRAWING}>", 1)
