"""A presentation on the screen: each slide as it will be, and the files to take away."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from analytics.domain.deck import DeckChoice
from analytics.exports.deck_file import DECK_FORMATS, DeckFormat, deck_file
from analytics.exports.deck_queries import queries_name, queries_sql
from analytics.i18n import Language, Words, words
from analytics.reports.deck import Slide
from analytics.ui import data, details, handouts, language, stage
from analytics.ui import slide as view
from analytics.ui.show import small

_KINDS: Final[Mapping[DeckFormat | Literal["sql"], tuple[str, str]]] = {
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ":material/slideshow:",
    ),
    "pdf": ("application/pdf", ":material/picture_as_pdf:"),
    "sql": ("application/sql", ":material/code:"),
}
"""Type and symbol of each file."""

_NAMED: Final = 3
"""So many districts a file's name has: names of files have an end, lists of districts hardly."""


def take_away(question: data.Question[tuple[Slide, ...]], choice: DeckChoice, w: Words) -> None:
    """Offer to show the slides on the screen and to take them away."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            w("page_presentation.show"),
            type="primary",
            icon=":material/play_arrow:",
            help=w("page_presentation.show_help"),
            key="show",
        ):
            stage.start()
        for file_format in DECK_FORMATS:
            download(question, choice, file_format, w)
        download(question, choice, "sql", w)
        small(w("page_presentation.count", count=w.number(len(question.answer()))))
    _say_what_pdf_lacks(choice.title + choice.occasion, w)


def _say_what_pdf_lacks(text: str, w: Words) -> None:
    """Say which signs of a title the printed font lacks, such as emoji or Arabic letters."""
    if text.isascii():
        return
    from analytics.charts.print.paper import unprintable

    if lacking := unprintable(text):
        small(w("deck.pdf_lacks", signs=lacking))


def download(
    question: data.Question[tuple[Slide, ...]],
    choice: DeckChoice,
    file_format: DeckFormat | Literal["sql"],
    w: Words,
) -> None:
    """Offer the slides, or the queries behind them, as a file made when asked for."""
    snapshot, as_of = data.folder_of_view(), data.manifest_of_view().as_of
    districts = choice.districts
    if len(districts) > _NAMED:
        districts = (f"{len(districts)}-kreise",)
    parts = (choice.preset or "auswahl", *districts, as_of.isoformat(), w.language)
    mime, icon = _KINDS[file_format]
    name = Path(f"praesentation_{'_'.join(parts)}.{file_format}")
    if file_format == "sql":
        name = queries_name(name, w)
    handouts.button(
        w(f"page_presentation.download_{file_format}"),
        partial(_file, question, choice, file_format, snapshot, w.language),
        file_name=name.name,
        mime=mime,
        key=f"deck_{file_format}",
        icon=icon,
    )


@st.fragment
def show_slide(slide: Slide, number: int, count: int) -> None:
    """Show a slide as it will be, and below it what the speaker needs.

    A fragment of its own: opening its notes redraws this slide and no other.
    """
    w = language.current()
    with st.container(gap="xsmall"):
        view.draw(slide, number, count, w)
        _on_demand(slide, number, w)


def _on_demand(slide: Slide, number: int, w: Words) -> None:
    """Offer to show from here, the speaker notes, and the table that says what the picture does."""
    stage.link(w("page_presentation.show_from_here"), number)
    notes = st.expander(
        w("page_presentation.notes"), key=f"notes_{number}", type="compact", on_change="rerun"
    )
    if notes.open:
        with notes:
            st.code(slide.notes, language=None, wrap_lines=True)
    if slide.kind not in ("chart", "map", "flow") or slide.exhibit is None:
        return
    table = st.expander(
        w("page_presentation.table"), key=f"table_{number}", type="compact", on_change="rerun"
    )
    if table.open:
        with table:
            details.twin(slide.exhibit, w)


def _file(
    question: data.Question[tuple[Slide, ...]],
    choice: DeckChoice,
    file_format: DeckFormat | Literal["sql"],
    snapshot: Path,
    in_language: Language,
) -> bytes:
    told = question.answer_from(snapshot, in_language)
    if file_format == "sql":
        return queries_sql(told, words(in_language))
    return deck_file(file_format, told, choice, words(in_language))
