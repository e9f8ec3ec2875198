"""The analysis plan on its page: in words, line by line, and as a PDF."""

from functools import partial
from typing import Final

import streamlit as st

from analytics.exports.pdf_name import plan_pdf_name
from analytics.i18n import Language, Words, words
from analytics.reports.evaluation.plan_report import (
    analysis_plan,
    data_before_plan,
    plan_document,
)
from analytics.ui import data, details, handouts, prose, show

_MIME: Final = "application/pdf"


def draw(w: Words) -> None:
    """Show the plan in force, beside it the versions before, and what it does not settle."""
    question = data.facts(analysis_plan)
    document, shown = data.facts(plan_document).answer(), question.answer()
    show.heading(shown)
    show.sentence(shown)
    if objection := data.ask(data_before_plan).answer():
        st.warning(show.plain(objection))
    prose.statements(document.words)
    unsettled, files = st.columns(2, gap="medium")
    with unsettled:
        st.markdown("\n".join(f"- {show.plain(note)}" for note in shown.notes))
    with files:
        handouts.button(
            w("plan.pdf_download"),
            partial(_pdf, w.language),
            file_name=plan_pdf_name(document.plan, w.language),
            mime=_MIME,
            key="pdf_plan",
            icon=":material/picture_as_pdf:",
        )
        details.downloads(shown, question, w)
        show.small(shown.source.brief)
    with st.expander(w("page_plan.lines"), type="compact"):
        details.twin(shown, w)


def _pdf(language: Language) -> bytes:
    # Not with the page: setting for paper is loaded by the few who print.
    from analytics.exports.plan_pdf import plan_pdf

    w = words(language)
    return plan_pdf(plan_document(w), w)
