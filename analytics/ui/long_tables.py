"""Long tables and pictures on a page: what matters is open, the rest on demand."""

from collections.abc import Callable, Hashable
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


def assumptions(question: data.Question[Exhibit], w: Words) -> None:
    """Show the verdict's assumptions: those that carry the result, and the others on demand."""
    frame = question.answer().table.frame
    carries = "carries" in frame and frame["carries"] == w("verdict.carries_yes")
    _parted(question, carries, lambda count: w("page_verdict.assumptions_idle", count=count), w)


def rules(question: data.Question[Exhibit], w: Words) -> None:
    """Show the rules of the verdict: those that are not met, and the others on demand."""
    frame = question.answer().table.frame
    missed = "level" in frame and frame["level"] != Level.SHOWN
    _parted(question, missed, lambda count: w("page_verdict.rules_met", count=count), w)


def _parted(
    question: data.Question[Exhibit],
    is_open: "pd.Series[bool] | bool",
    label: Callable[[str], str],
    w: Words,
) -> None:
    """Show the rows of a table that matter, and the others when asked for."""
    if isinstance(is_open, bool):
        show.table_only(question)
        return
    shown = question.answer()
    frame = shown.table.frame
    with show.frame(shown):
        show.heading(shown)
        show.sentence(shown)
        if is_open.any():
            details.twin(_part(shown, frame[is_open]), w)
        if not is_open.all():
            with st.expander(label(w.number(int((~is_open).sum()))), type="compact"):
                details.twin(_part(shown, frame[~is_open]), w)
        details.row(shown, question, details.BESIDE_A_TABLE, w)


@st.fragment
def picture(
    report: Callable[..., Exhibit],
    label: str,
    *arguments: Hashable,
    level: show.Level = 2,
    **options: Hashable,
) -> None:
    """Show a figure whose picture is drawn when asked for, of what few read in full.

    Args:
        report: What makes the exhibit, a registered figure.
        label: Of what opens the picture.
        arguments: Of the report, between the store and the words.
        level: Of the heading.
        options: Named arguments after the words.
    """
    record = figure_of(report)
    usual = data.ask if record.takes.from_snapshot else data.facts
    question, draw = usual(report, *arguments, **options), on_screen(record.drawing)
    if show.is_refused(question):
        return
    shown, w = question.answer(), language.current()
    with show.frame(shown):
        show.heading(shown, level)
        if remark := show.unheeded(record.heeds, w):
            show.small(remark)
        show.sentence(shown)
        opened = st.expander(label, type="compact", key=f"open_{shown.id}", on_change="rerun")
        if opened.open:
            with opened:
                show.picture(shown, draw, w)
        show.foot(shown, question, w, draw)


def _part(shown: Exhibit, rows: pd.DataFrame) -> Exhibit:
    table = ReleasedTable(shown.table.columns, rows.reset_index(drop=True))
    return replace(shown, table=table)
