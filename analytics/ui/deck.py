"""A presentation on the screen: each slide as it will be, and the file to take away."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from analytics.charts.bars import bars
from analytics.charts.contributions import contribution_bars
from analytics.charts.control import control_chart
from analytics.charts.curves import referral_curve
from analytics.charts.event_study import event_study
from analytics.charts.event_time import kim_events
from analytics.charts.forest import forest
from analytics.charts.funnel import funnel_plot
from analytics.charts.steps import progress_curves
from analytics.domain.deck import DeckChoice, Story
from analytics.i18n import Language, Words, words
from analytics.reports.deck import Slide
from analytics.ui import data, details, figures, language, show
from analytics.ui.show import plain, small

_PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SLIDE_WIDTH: Final = 1100
_DRAWINGS: Final[Mapping[str, show.Draw]] = {
    "curve": referral_curve,
    "progress": progress_curves,
    "trend": figures.trend,
    "control": control_chart,
    "bars": bars,
    "contributions": contribution_bars,
    "events": event_study,
    "forest": forest,
    "funnel": funnel_plot,
    "area_map": figures.area_map("areas", None),
}


def download(question: data.Question[tuple[Slide, ...]], choice: DeckChoice, w: Words) -> None:
    """Offer the slides as a PowerPoint file in the language of the view, made when asked for."""
    snapshot, as_of = data.folder_of_view(), data.manifest_of_view().as_of
    parts = (choice.preset or "auswahl", *choice.districts, as_of.isoformat(), w.language)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            w("page_presentation.download"),
            partial(_pptx, question, choice, snapshot, w.language),
            file_name=f"praesentation_{'_'.join(parts)}.pptx",
            mime=_PPTX,
            on_click="ignore",
            key="deck_pptx",
            icon=":material/slideshow:",
        )
        small(w("page_presentation.count", count=w.number(len(question.answer()))))


@st.fragment
def show_slide(slide: Slide, number: int, count: int) -> None:
    """Show a slide: part and number, finding, picture and sentence, source; notes on demand.

    A fragment of its own: opening its notes redraws this slide and no other.
    """
    w = language.current()
    position = w("page_presentation.number", number=w.number(number), count=w.number(count))
    with st.container(border=True, width=_SLIDE_WIDTH, key=f"slide_{number}"):
        small(" · ".join(filter(None, (position, slide.kicker, slide.provenance_text))))
        st.header(plain(slide.title), anchor=f"slide-{number}")
        if slide.kind in ("chart", "map"):
            picture, words_beside = st.columns([1.9, 1])
            with picture:
                _picture(slide, number, w)
            with words_beside:
                _texts(slide)
        else:
            if slide.kind == "table" and slide.exhibit is not None:
                details.twin(slide.exhibit, w)
            _texts(slide)
        small(slide.foot)
        _on_demand(slide, number, w)


def _picture(slide: Slide, number: int, w: Words) -> None:
    """Draw the exhibit as its own page does."""
    if slide.exhibit is None:
        return
    is_kim = slide.story is Story.KIM_EFFECT
    draw = kim_events if is_kim else _DRAWINGS[slide.drawing]
    is_map = slide.kind == "map"
    show.picture(slide.exhibit, draw, w, is_map=is_map, key=f"slide_chart_{number}")


def _texts(slide: Slide) -> None:
    if slide.heading:
        st.markdown(f"**{plain(slide.heading)}**")
    for text in filter(None, (slide.sentence, *slide.paragraphs)):
        st.markdown(plain(text))
    if slide.gap:
        small(slide.gap)


def _on_demand(slide: Slide, number: int, w: Words) -> None:
    """Offer the speaker notes, and the table that says the same as the picture."""
    notes = st.expander(w("page_presentation.notes"), key=f"notes_{number}", on_change="rerun")
    if notes.open:
        with notes:
            st.code(slide.notes, language=None, wrap_lines=True)
    if slide.kind not in ("chart", "map") or slide.exhibit is None:
        return
    table = st.expander(w("page_presentation.table"), key=f"table_{number}", on_change="rerun")
    if table.open:
        with table:
            details.twin(slide.exhibit, w)


def _pptx(
    question: data.Question[tuple[Slide, ...]],
    choice: DeckChoice,
    snapshot: Path,
    in_language: Language,
) -> bytes:
    # Not with the page: what writes PowerPoint is loaded by the few who take it away.
    from analytics.exports.slides import deck_pptx

    return deck_pptx(question.answer_from(snapshot, in_language), choice, words(in_language))
