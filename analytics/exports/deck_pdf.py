"""A presentation as PDF: a page a slide, then for each where its numbers come from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from analytics.charts.drawings import ESTIMATE_SHARE, chart_spec
from analytics.charts.print.area_map import printed_map
from analytics.charts.print.chart import printed_chart
from analytics.charts.specs.area_map import map_spec
from analytics.charts.specs.spec import TYPE
from analytics.domain.deck import DeckChoice
from analytics.exports.typesetting import typeset
from analytics.i18n import Words
from analytics.reports.deck import Slide, data_cut

_TEMPLATE: Final = "deck"
_FIGURE: Final[Mapping[str, float]] = {"width": 199.0, "height": 113.0, "points": TYPE}
"""Millimetres and type of charts and maps, as the template places them."""

_ONLY_ON_SCREEN: Final = ("query", "how")
"""Sections of the notes that paper leaves out: SQL, and how to change a native chart."""


def deck_pdf(slides: Sequence[Slide], deck: DeckChoice, w: Words) -> bytes:
    """Return the slides as a tagged PDF, the same bytes for the same slides.

    What PowerPoint has as speaker notes stands behind the slides, but for the SQL.
    Its date is the data cut.
    """
    as_of = data_cut(slides)
    first = slides[0]
    content = {
        "title": first.title,
        "author": w("ui.app"),
        "subject": deck.occasion,
        "date": [as_of.year, as_of.month, as_of.day] if as_of else [],
        "slides": [_page(told, w) for told in slides],
        "background": {
            "title": w("deck_pdf.background"),
            "lead": w("deck_pdf.background_lead"),
            "badge": first.provenance_text,
            "foot": first.foot,
            "slides": list(_background(slides, w)),
        },
    }
    return typeset(_TEMPLATE, content, w)


def _page(told: Slide, w: Words) -> dict[str, Any]:
    return {
        "kind": told.kind,
        "kicker": told.kicker,
        "badge": told.provenance_text,
        "title": told.title,
        "heading": told.heading,
        "sentence": told.sentence,
        "paragraphs": list(told.paragraphs),
        "gap": told.gap,
        "foot": told.foot,
        "figures": [{"svg": svg, "alt": alt} for svg, alt in _drawings(told, w)],
        "table": _table(told),
    }


def _drawings(told: Slide, w: Words) -> Iterator[tuple[str, str]]:
    """Yield charts or map as SVG with text alternatives; nothing for words or a table."""
    if told.kind == "map" and told.exhibit is not None:
        yield printed_map(map_spec(told.exhibit, w), **_FIGURE), told.alt
    shares = (ESTIMATE_SHARE, 1 - ESTIMATE_SHARE) if len(told.charts) > 1 else (1.0,)
    for share, (drawing, exhibit) in zip(shares, told.charts, strict=False):
        place = {**_FIGURE, "height": _FIGURE["height"] * share}
        yield printed_chart(chart_spec(drawing, exhibit, w), w, **place), exhibit.alt


def _table(told: Slide) -> dict[str, Any]:
    if told.kind != "table" or told.exhibit is None:
        return {}
    table = told.exhibit.table
    columns = table.readable()
    return {
        "heads": [column.label for column in columns],
        "rows": [
            [str(row[column.name]) for column in columns] for row in table.frame.to_dict("records")
        ],
    }


def _background(slides: Sequence[Slide], w: Words) -> Iterator[dict[str, Any]]:
    for number, told in enumerate(slides, start=1):
        kept = [each for each in told.sections if each.name not in _ONLY_ON_SCREEN]
        yield {
            "head": w("deck_pdf.of_slide", number=w.number(number), title=told.title),
            "sections": [{"head": each.heading, "lines": list(each.lines)} for each in kept],
        }
