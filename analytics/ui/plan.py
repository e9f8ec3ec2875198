"""The analysis plan on its page: in words, whether it came before the data, and as a PDF."""

from functools import partial
from typing import Final

import streamlit as st

from analytics.exports.pdf_name import plan_pdf_name
from analytics.i18n import Language, Words, words
from analytics.reports.evaluation.plan_report import data_before_plan, plan_document
from analytics.ui import data, handouts, prose
from analytics.ui.show import plain

_MIME: Final = "application/pdf"


def in_words() -> None:
    """Say what is estimated, and where the snapshot shows data that came before the plan."""
    if objection := data.ask(data_before_plan).answer():
        st.warning(plain(objection))
    prose.statements(data.facts(plan_document).answer().words)


def notes() -> None:
    """Say how the plan is read."""
    told = data.facts(plan_document).answer().exhibit.notes
    st.markdown("\n".join(f"- {plain(note)}" for note in told))


def pdf(w: Words) -> None:
    """Offer the plan in the language of the view."""
    plan = data.facts(plan_document).answer().plan
    handouts.button(
        w("plan.pdf_download"),
        partial(_pdf, w.language),
        file_name=plan_pdf_name(plan, w.language),
        mime=_MIME,
        key="pdf_plan",
        icon=":material/picture_as_pdf:",
    )


def _pdf(language: Language) -> bytes:
    # Not with the page: setting for paper is loaded by the few who print.
    from analytics.exports.plan_pdf import plan_pdf

    w = words(language)
    return plan_pdf(plan_document(w), w)
