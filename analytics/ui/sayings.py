"""What one may say: the verdict in full on its page, and in short beside every comparison."""

from typing import Final

import streamlit as st

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import KimChoice, ModelChoice
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.reports.evaluation.verdict_report import Sayings, choice_codes, sayings
from analytics.ui import data, language, places
from analytics.ui.show import plain, small

Choice = ModelChoice | KimChoice

ICONS: Final = {
    Level.SHOWN: ":material/check_circle:",
    Level.COMPATIBLE: ":material/info:",
    Level.NOT: ":material/block:",
}
_EXPLORATORY: Final = ":material/explore:"
NO_ESTIMATE: Final = ":material/help:"


def panel(choice: Choice, w: Words) -> None:
    """Show what may be said of a choice: the level, the sentence, what to copy, what not to say."""
    found = _computed(choice, w)
    if found is None:
        return
    covered, uncovered = st.columns(2, gap="medium")
    with covered:
        statement(found)
        if found.to_copy:
            with st.expander(w("page_verdict.to_copy"), type="compact"):
                for code, text in found.to_copy:
                    small(w(f"page_verdict.language_{code}"))
                    st.code(text, language=None, wrap_lines=True)
    with uncovered:
        st.subheader(w("page_verdict.unsupported"), anchor=False)
        for each in found.unsupported:
            st.markdown(f"**{plain(each.sentence)}**  \n{plain(each.reason)}")


def statement(found: Sayings) -> None:
    """Show the strongest sentence that the rules allow, under the level."""
    with st.container(border=True):
        icon = _EXPLORATORY if found.role is Role.EXPLORATORY else ICONS[found.level]
        st.markdown(f"{icon} **{plain(found.label)}**")
        st.markdown(plain(found.statement))


@st.fragment
def short(choice: Choice) -> None:
    """Show the sentence one may say, with the way to its rules: beside every comparison."""
    w = language.current()
    st.header(w("page_verdict.title"), anchor=False)
    found = _computed(choice, w)
    if found is not None:
        statement(found)
        places.link("effect/verdict", w("page_verdict.more"), _state(choice))


def _state(choice: Choice) -> dict[str, str]:
    """Return the parameters that restore the choice in the tab on what may be said."""
    named = dict(choice_codes(choice))
    return {name: value for name, value in named.items() if name not in ("draws", "seed")}


def _computed(choice: Choice, w: Words) -> Sayings | None:
    with st.spinner(w("page_verdict.computing")):
        found = data.ask(sayings, choice).answer()
    if found is None:
        small(w("page_verdict.no_estimate"))
    return found
