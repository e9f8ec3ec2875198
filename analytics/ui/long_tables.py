"""Long tables and pictures on a page: what matters is open, the rest on demand."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.charts.drawings import on_screen
from analytics.disclosure import ReleasedTable
from analytics.domain.verdict import Level
from analytics.extracts.contract import TABLES
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import figure_of
from analytics.ui import controls, data, details, language, show


def description(question: data.Question[Exhibit], w: Words) -> None:
    """Show the data description, one table of it at a time, which stands in the URL."""
    shown = question.answer()
    with show.frame(shown):
        show.heading(shown, 3)
        show.sentence(shown)
        options = {str(name): w(table.label) for name, table in TABLES.items()}
        chosen = controls.optional("table", w("description.table"), options, w("ui.choose"))
        if chosen is not None:
            frame = shown.table.frame
            details.twin(_part(shown, frame[frame["table"] == options[chosen]]), w)
        details.row(shown, question, details.BESIDE_A_TABLE, w)


def rules(question: data.Question[Exhibit], w: Words) -> None:
    """Show the rules of the verdict: those that are not met, and the others on demand."""
    shown = question.answer()
    frame = shown.table.frame
    if "level" not in frame:
        show.table_only(question)
        return
    is_met = frame["level"] == Level.SHOWN
    with show.frame(shown):
        show.heading(shown)
        show.sentence(shown)
        if not is_met.all():
            details.twin(_part(shown, frame[~is_met]), w)
        if is_met.any():
            count = w.number(int(is_met.sum()))
            with st.expander(w("page_verdict.rules_met", count=count), type="compact"):
                details.twin(_part(shown, frame[is_met]), w)
        details.row(shown, question, details.BESIDE_A_TABLE, w)


@st.fragment
def picture(report: Callable[..., Exhibit], label: str, *, level: show.Level = 2) -> None:
    """Show a figure whose picture is drawn when asked for, of what few read in full."""
    question, drawing = data.ask(report), figure_of(report).drawing
    if show.is_refused(question):
        return
    shown, w = question.answer(), language.current()
    with show.frame(shown):
        show.heading(shown, level)
        show.sentence(shown)
        opened = st.expander(label, type="compact", key=f"open_{shown.id}", on_change="rerun")
        if opened.open:
            with opened:
                show.picture(shown, on_screen(drawing), w)
        show.foot(shown, question, w)


def _part(shown: Exhibit, rows: pd.DataFrame) -> Exhibit:
    table = ReleasedTable(shown.table.columns, rows.reset_index(drop=True))
    return replace(shown, table=table)
