"""The first screen: the answer, the two pictures behind it, and a door for each who comes."""

import streamlit as st

from analytics.charts import first_screen as pictures
from analytics.domain.deck import Preset
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.reports.evaluation.answer import Answer, answer, answer_course, primary
from analytics.reports.evaluation.model_exhibits import estimate
from analytics.reports.kim.rollout import rollout_state
from analytics.ui import controls, data, language, places, sayings, show
from analytics.ui.show import plain, small


def draw(w: Words) -> None:
    """Draw all of it; the headline stands on top, but is computed when the course is drawn."""
    with st.container(key="answer"):
        head = st.container()
        course, doubts = st.columns([7, 5], gap="medium")
        with course:
            _course()
        with head, st.spinner(w("page_verdict.computing")):
            found = data.ask(answer).answer()
            _head(found, w)
        if found.level is not None:
            with doubts:
                _estimate()
                _doubts(found, w)
        _doors(w)
        _kim(w)


def _head(found: Answer, w: Words) -> None:
    small(w("answer.question"))
    st.title(plain(found.headline), anchor=False)
    icon = sayings.ICONS[found.level] if found.level else sayings.NO_ESTIMATE
    with st.container(horizontal=True, vertical_alignment="center", key="answer_basis"):
        st.markdown(f"{icon} **{plain(found.label)}**", width="content")
        small(found.basis)


@st.fragment
def _course() -> None:
    w = language.current()
    question = data.ask(answer_course)
    shown = question.answer()
    with show.frame(shown):
        show.heading(shown)
        show.picture(shown, pictures.course, w)
        show.foot(shown, question, w, pictures.course)


@st.fragment
def _estimate() -> None:
    w = language.current()
    question = data.ask(estimate, primary())
    shown = question.answer()
    with show.frame(shown):
        st.subheader(w("answer.estimate_title"), anchor=False)
        show.picture(shown, pictures.estimate, w)
        show.foot(shown, question, w, pictures.estimate)


def _doubts(found: Answer, w: Words) -> None:
    st.markdown(f"**{plain(found.doubts_heading)}**")
    with st.container(key="answer_doubts"):
        for doubt in (*found.doubts, w("answer.rules")):
            places.link("effect/verdict", plain(doubt))


def _doors(w: Words) -> None:
    report, explore, district = st.columns(3, gap="medium")
    with report, st.container(border=True, height="stretch", key="door_report"):
        st.markdown(f"**{w('door.report')}**")
        with st.container(horizontal=True, gap="small"):
            deck = {"deck": Preset.KABINETT.value}
            places.link("presentation", w("door.deck"), deck)
            places.link("presentation-mode", w("door.show"), deck)
    with explore, st.container(border=True, height="stretch", key="door_explore"):
        st.markdown(f"**{w('door.explore')}**")
        with st.container(horizontal=True, gap="small"):
            places.link("effect/model", w("door.effect"))
            places.link("explore", w("door.explore_page"))
            places.link("data-methods?list=downloads", w("door.downloads"))
    with district, st.container(border=True, height="stretch", key="door_district"):
        _district(w)


def _district(w: Words) -> None:
    """Offer all districts; one that is picked is opened at once."""
    options = controls.districts()
    ags = st.selectbox(
        w("door.district"),
        list(options),
        index=None,
        format_func=options.__getitem__,
        placeholder=w("ui.choose"),
        key="door_to_district",
    )
    if ags:
        places.go("district/profile", {controls.DISTRICT: ags})


def _kim(w: Words) -> None:
    state = data.ask(rollout_state, Module.CASE_MANAGEMENT).answer()
    with st.container(horizontal=True, vertical_alignment="center", key="answer_kim"):
        st.markdown(f"**KIM:** {plain(state.title)}", width="content")
        places.link("kim-rollout", w("door.kim"))
