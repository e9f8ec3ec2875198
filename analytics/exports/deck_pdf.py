"""A presentation as PDF: a page a slide, then what there is to say on each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from analytics.charts.drawings import chart_spec
from analytics.charts.print.area_map import printed_map
from analytics.charts.print.chart import printed_chart
from analytics.charts.print.flow import printed_flow
from analytics.charts.specs.area_map import map_spec
from analytics.charts.specs.finding_grid import grid_spec
from analytics.charts.specs.flow import flow_spec
from analytics.charts.specs.spec import TYPE
from analytics.domain.deck import DeckChoice
from analytics.exports.typesetting import typeset
from analytics.i18n import Words
from analytics.reports.deck import Slide, data_cut

_TEMPLATE: Final = "deck"
_FIGURE: Final[Mapping[str, float]] = {"width": 210.0, "height": 118.0, "points": TYPE}
"""Millimetres and type of charts and maps, as the template places them: 62 % of the width."""

_ONLY_ON_SCREEN: Final = ("how",)
"""Sections of the notes that paper leaves out: how to change a native chart."""


def deck_pdf(slides: Sequence[Slide], deck: DeckChoice, w: Words) -> bytes:
    """Return the slides as a tagged PDF, the same bytes for the same slides.

    What PowerPoint has as speaker notes stands behind the slides.
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
        "is_made_up": told.is_made_up,
        "title": told.title,
        "number": told.number,
        "lines": list(told.lines),
        "parts": [{"head": part.heading, "lines": list(part.lines)} for part in told.parts],
        "gap": told.gap,
        "foot": told.foot,
        "figure": _drawing(told, w),
        "table": _table(told),
        "grid": _grid(told, w),
    }


def _drawing(told: Slide, w: Words) -> dict[str, str]:
    """Return chart, map or flow as SVG with its text alternative; nothing for words or a table."""
    if told.chart is not None:
        svg = printed_chart(chart_spec(*told.chart, w), w, **_FIGURE)
    elif told.kind == "map" and told.exhibit is not None:
        svg = printed_map(map_spec(told.exhibit, w), **_FIGURE)
    elif told.kind == "flow" and told.exhibit is not None:
        svg = printed_flow(flow_spec(told.exhibit, w), **_FIGURE)
    else:
        return {}
    return {"svg": svg, "alt": told.alt}


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


def _grid(told: Slide, w: Words) -> dict[str, Any]:
    """Return the table of findings with the fill of each cell; nothing on other slides."""
    if told.kind != "grid" or told.exhibit is None:
        return {}
    spec = grid_spec(told.exhibit, w)
    return {
        "heads": [spec.corner, *spec.heads],
        "rows": [
            {"name": name, "cells": [{"fill": look.fill, "text": text} for look, text in cells]}
            for name, cells in spec.rows
        ],
    }


def _background(slides: Sequence[Slide], w: Words) -> Iterator[dict[str, Any]]:
    for number, told in enumerate(slides, start=1):
        kept = [each for each in told.sections if each.name not in _ONLY_ON_SCREEN]
        yield {
            "head": w("deck_pdf.of_slide", number=w.number(number), title=told.title),
            "sections": [{"head": each.heading, "lines": list(each.lines)} for each in kept],
        }
