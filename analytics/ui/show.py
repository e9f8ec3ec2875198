"""How an exhibit stands on a page: finding, sentence, picture, source, and the rest on demand."""

from collections.abc import Callable, Hashable, Sequence
from html import escape
from typing import Any, Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.charts import menu, theme
from analytics.charts.drawings import on_screen
from analytics.charts.figures import Draw
from analytics.domain.filters import FIELDS
from analytics.domain.indicators import catalogue as indicators
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit, KeyFigure, SourceLine
from analytics.reports.basis.figures import figure_of
from analytics.reports.basis.refusal import RefusedError
from analytics.ui import data, details, language, url
from analytics.ui.base import base_path
from analytics.ui.markdown import plain as plain
from analytics.ui.markdown import whole

Level = Literal[2, 3]

_MADE_UP: Final = (Provenance.SYNTHETIC, Provenance.MIXED)

SET: Final = "filters_set"
"""What a visit remembers of the page's filters: the options that are not as usual."""


@st.fragment
def exhibit(
    question: data.Question[Exhibit],
    draw: Draw,
    *,
    level: Level = 2,
    remark: str = "",
) -> None:
    """Show an exhibit with its picture.

    A fragment of its own: opening a table redraws this exhibit and nothing else.

    Args:
        question: What gives the exhibit, in either language.
        draw: Makes the picture.
        level: Of the heading.
        remark: Below the finding, such as which filters do not hold here.
    """
    w = language.current()
    if is_refused(question):
        return
    shown = question.answer()
    with frame(shown):
        heading(shown, level)
        if remark:
            small(remark)
        picture(shown, draw, w)
        sentence(shown)
        foot(shown, question, w, draw)


def title(text: str, lead: str) -> None:
    """Show a page's title, and beside it in a sentence what it is about."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="page_title"):
        st.title(text, anchor=False, width="content")
        st.markdown(lead, width="content")


def pair(*draw: Callable[[], None]) -> None:
    """Draw figures side by side on a desk, one below the other on a phone."""
    for column, each in zip(st.columns(len(draw), gap="medium"), draw, strict=True):
        with column:
            each()


def figure(
    report: Callable[..., Exhibit],
    *arguments: Hashable,
    level: Level = 2,
    ask: Callable[..., data.Question[Exhibit]] | None = None,
    draw: Draw | None = None,
    **options: Hashable,
) -> None:
    """Show a figure as it is registered: with its picture, or as the table that it is.

    Args:
        report: What makes the exhibit, a registered figure.
        arguments: Between the store and the words.
        level: Of the heading.
        ask: Makes the question, where not the snapshot is asked but a session's own data.
        draw: Makes the picture instead, where the page knows more, such as a month.
        options: Named arguments after the words.
    """
    record = figure_of(report)
    usual = data.ask if record.takes.from_snapshot else data.facts
    question = (ask or usual)(report, *arguments, **options)
    remark = unheeded(record.heeds, language.current())
    if not record.drawing:
        table_only(question, level=level, remark=remark)
        return
    exhibit(question, draw or on_screen(record.drawing), level=level, remark=remark)


def unheeded(heeds: Sequence[str], w: Words) -> str:
    """Say which of the filters that are set a figure does not heed; empty where it heeds all."""
    names = {field.option: f"dimension.{field.name}" for field in FIELDS}
    left = [option for option in url.of_visit().get(SET, ()) if option not in heeds]
    if not left:
        return ""
    return w(
        "filter.unheeded", parts=w.join([w(names.get(each, "filter.period")) for each in left])
    )


def is_refused(question: data.Question[Any]) -> bool:
    """Say why there is no answer, if there is none; what follows from it need not say so again."""
    try:
        question.answer()
    except RefusedError as refused:
        st.info(plain(refused.reason))
        return True
    return False


def frame(shown: Exhibit, key: str = "") -> DeltaGenerator:
    """Return the frame of a figure; its edge marks what is made up (``static/frame.css``).

    Args:
        shown: What stands in it.
        key: Of the frame, where the exhibit has another one on the page.
    """
    kind = "made_up" if shown.source.provenance in _MADE_UP else "real"
    return st.container(key=f"figure_{kind}_{key or shown.id}")


def heading(shown: Exhibit, level: Level = 2) -> None:
    """Show the finding, and below it what is measured, where and when."""
    head = st.header if level == 2 else st.subheader
    head(plain(shown.title), anchor=shown.id.replace("_", "-"))
    if shown.subtitle:
        st.html(f'<p class="subtitle">{escape(whole(shown.subtitle))}</p>')


def sentence(shown: Exhibit) -> None:
    """Show the finding with its numbers and their uncertainty; the picture comes first."""
    st.markdown(plain(shown.sentence))


def picture(
    shown: Exhibit,
    draw: Draw,
    w: Words,
    *,
    on_select: Callable[[], None] | Literal["ignore"] = "ignore",
    key: str | None = None,
) -> None:
    """Show the picture with what its licence asks for, or say that there is none to draw."""
    if shown.table.frame.empty:
        st.info(w("ui.nothing_to_draw"))
        return
    drawn = draw(shown, w)
    st.plotly_chart(
        drawn,
        theme=None,
        key=key or f"chart_{shown.id}",
        alt=shown.alt,
        on_select=on_select,
        selection_mode="points",
        config=menu.config(base_path()),
    )
    if credit := theme.credit_of(drawn):
        small(credit)


def foot(
    shown: Exhibit, question: data.Question[Exhibit], w: Words, draw: Draw | None = None
) -> None:
    """Show the source, and offer the parts that are made when opened; ``draw`` made the picture."""
    details.row(shown, question, details.ALL, w, draw)


def source_line(source: SourceLine, w: Words) -> None:
    """Show where figures come from that are shown outside a frame, the kind of data first."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(w.label("provenance", source.provenance), color="gray")
        small(source.brief)


def table_only(
    question: data.Question[Exhibit],
    *,
    level: Level = 2,
    folded: bool = False,
    remark: str = "",
) -> None:
    """Show an exhibit that is read as a table; a long one that few read only when asked for.

    Args:
        question: What gives the exhibit, in either language.
        level: Of the heading.
        folded: Whether the table is one of the parts that are opened.
        remark: Which filters it does not heed, if there are any.
    """
    w = language.current()
    if is_refused(question):
        return
    shown = question.answer()
    with frame(shown):
        heading(shown, level)
        if remark:
            small(remark)
        sentence(shown)
        if folded:
            _foot_of_folded(shown, question)
            return
        details.twin(shown, w)
        details.row(shown, question, details.BESIDE_A_TABLE, w)


@st.fragment
def _foot_of_folded(shown: Exhibit, question: data.Question[Exhibit]) -> None:
    """Draw the foot by itself: opening the table redraws nothing else."""
    foot(shown, question, language.current())


def catalogue(question: data.Question[Exhibit]) -> None:
    """Show the indicator catalogue: each entry opens under its name."""
    w = language.current()
    shown = question.answer()
    heading(shown, 3)
    sentence(shown)
    for chosen in indicators().values():
        with st.expander(plain(chosen.name[w.language]), type="compact"):
            details.definition(chosen, w)
    source_line(shown.source, w)
    details.downloads(shown, question, w)


def key_figure(figure: KeyFigure, w: Words) -> None:
    """Show one number; its change is worded, never coloured as good or bad."""
    st.metric(plain(figure.label), figure.value)
    for line in filter(None, (figure.interval, figure.change)):
        small(line)


def small(text: str) -> None:
    """Show a line of secondary text; Streamlit's captions are too pale to read."""
    st.markdown(f":small[:gray[{plain(text)}]]", width="stretch")
