"""Question: an indicator by what one chooses, compared with what one chooses."""

from functools import partial
from typing import Final

import streamlit as st

from analytics.charts import answer_pictures as pictures
from analytics.domain.inquiry import WHOLE, Inquiry
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.exploring.answers import answer
from analytics.reports.exploring.question_words import cell_label
from analytics.ui import (
    answer_slide,
    answer_table,
    controls,
    data,
    district,
    inquiry_bar,
    kept_questions,
    language,
    show,
    trail,
    url,
)

_TABLE: Final = "table"
_PICTURE: Final = "picture"
_CLOSER: Final = "closer"


def draw(w: Words) -> None:
    """Draw the tab."""
    _question()


@st.fragment
def _question() -> None:
    with url.in_one_step():
        _ask_and_answer(language.current())


def _ask_and_answer(w: Words) -> None:
    asked = inquiry_bar.draw(w)
    if asked is None:
        return
    trail.draw(asked, w)
    question = data.ask(answer, asked)
    if show.is_refused(question):
        return
    if asked.rows != "district" or asked.is_compared or asked.columns != WHOLE:
        _answer(asked, question, w)
        return
    with st.container(key="beside_the_map"):
        left, right = st.columns([3, 2], gap="large")
    with right:
        ags = district.chosen_of(w)
        if ags is not None:
            district.panel_of(asked.indicator, ags, asked.needs, w)
    with left:
        _answer(asked, question, w, ags)


def _answer(
    asked: Inquiry, question: data.Question[Exhibit], w: Words, selected: str | None = None
) -> None:
    """Draw the answer with the picture that is chosen; a click on it asks on."""
    shown = question.answer()
    with show.frame(shown):
        with st.container(horizontal=True, vertical_alignment="bottom", key="answer_head"):
            with st.container(key="answer_finding"):
                show.heading(shown)
            name = _picture_name(shown, w)
        if name == _TABLE:
            answer_table.draw(shown, w, partial(_narrow, asked))
        else:
            key = f"{_PICTURE}_{name}"
            drawn = pictures.picture(name, selected)
            wide = pictures.is_wide(shown.table.frame) if name == "heat" else 0
            with st.container(key=f"wide_{wide}" if wide else None):
                show.picture(shown, drawn, w, key=key, on_select=partial(_clicked, asked, key))
        show.sentence(shown)
        with st.container(horizontal=True, vertical_alignment="bottom", key="explore_more"):
            _closer(asked, shown, w)
            answer_slide.draw(asked, w)
            kept_questions.draw(w)
        show.foot(shown, question, w, None if name == _TABLE else pictures.picture(name, selected))


def _picture_name(shown: Exhibit, w: Words) -> str:
    """Draw the choice of the picture, at first the one that follows from the question."""
    names = (*pictures.possible(shown.table.frame), _TABLE)
    inquiry_bar.drop_unless(_PICTURE, names)
    options = {name: w(f"explore.picture_{name}") for name in names}
    return controls.switch_of(_PICTURE, w("explore.picture"), options)


def _closer(asked: Inquiry, shown: Exhibit, w: Words) -> None:
    """Offer every cell to look at more closely, also without a mouse."""
    frame = shown.table.frame
    if len(frame) == 1 or "quarter" in (asked.rows, asked.columns):
        return
    series = frame["series"] if "series" in frame else [""] * len(frame)
    labels = {
        f"{key}{pictures.CELL}{code}": cell_label(asked, str(key), str(code), w)
        for key, code in zip(frame["key"], series, strict=True)
    }
    key = url.key_of(_CLOSER)
    st.selectbox(
        w("explore.closer"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=w("ui.choose"),
        key=key,
        on_change=partial(_chosen, asked, key),
        width=360,
    )


def _chosen(asked: Inquiry, key: str) -> None:
    if cell := st.session_state[key]:
        row, _, column = str(cell).partition(pictures.CELL)
        st.session_state[key] = None
        _narrow(asked, row, column)


def _clicked(asked: Inquiry, key: str) -> None:
    """Narrow the question to the row that was clicked; a district opens its panel."""
    points = st.session_state[key].selection.points
    if not points or "quarter" in (asked.rows, asked.columns):
        return
    code = points[0].get("location") or next(iter(points[0].get("customdata") or ()), None)
    row, _, column = str(code or "").partition(pictures.CELL)
    if row and asked.rows == "district" and asked.columns == WHOLE and not asked.is_compared:
        controls.set_district(row)
    elif row and bool(column) == (asked.columns != WHOLE):
        _narrow(asked, row, column)


def _narrow(asked: Inquiry, row: str, column: str = "") -> None:
    trail.go(asked, asked.narrowed(row, column))
