"""An answer as a slide: what someone has found out, ready to be shown."""

from typing import Final

import pandas as pd

from analytics.domain.deck import Story
from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.domain.inquiry import WHOLE, Inquiry
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import value_text
from analytics.reports.deck.notes import described
from analytics.reports.deck.short import Short
from analytics.reports.deck.slide import Slide, address, shown_slide
from analytics.reports.exploring.answers import answer

MOST_ROWS: Final = 18
MOST_COURSES: Final = 8
"""What is read on a slide; of more, those that lie furthest apart."""


def answer_slide(store: ParquetStore, asked: Inquiry, w: Words) -> Slide:
    """Return the slide of an answer; raises ``RefusedError`` where there is none."""
    exhibit = answer(store, asked, w)
    parameters = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in asked.parameters().items()
    }
    is_map = _is_map(asked)
    return shown_slide(
        "answer",
        Story.OVERVIEW,
        exhibit,
        "area_map" if is_map else "answer",
        _short(exhibit, asked, w),
        address("explore", w, parameters),
        w,
        described(w),
        kind="map" if is_map else "chart",
        kicker=w("ui.page_explore"),
    )


def left_out(frame: pd.DataFrame) -> tuple[int, int] | None:
    """Return how many rows or courses of an answer a slide shows, and of how many; None if all."""
    is_of_courses = "period" in frame
    count = frame["series"].nunique() if is_of_courses else len(frame)
    most = MOST_COURSES if is_of_courses else MOST_ROWS
    return (most, int(count)) if count > most else None


def _is_map(asked: Inquiry) -> bool:
    return asked.rows == "district" and asked.columns == WHOLE and not asked.is_compared


def _short(exhibit: Exhibit, asked: Inquiry, w: Words) -> Short:
    """Return what stands beside the picture: the measure, and the range of its values."""
    frame = exhibit.table.frame
    shown = frame.loc[frame["status"] == Status.SHOWN, "value"]
    chosen = indicator(asked.indicator)
    lines = [exhibit.subtitle]
    if len(shown) > 1 and not asked.is_compared:
        low, high = (value_text(chosen, each, w) for each in (shown.min(), shown.max()))
        lines.append(w("estimate.from_to", low=low, high=high))
    if (left := left_out(frame)) and not _is_map(asked):
        lines.append(w("explore.slide_part", shown=w.number(left[0]), all=w.number(left[1])))
    return Short(
        exhibit.title,
        tuple(lines),
        (w("report_deck.say_gap"), w("report_deck.say_not_caused")),
    )
