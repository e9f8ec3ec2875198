"""Effect: what differs with and without the programmes, and what of it may be said."""

import streamlit as st

from analytics.ui import language, tabs
from analytics.ui.tabs.effect import comparison, kim, model, plan, verdict

w = language.current()
st.title(w("page_effect.title"), anchor=False)
tabs.show(
    "effect",
    {
        "comparison": comparison.draw,
        "model": model.draw,
        "kim": kim.draw,
        "verdict": verdict.draw,
        "plan": plan.draw,
    },
    w,
)
