"""Headline numbers as a table, each with its change in words and its course as a small line."""

from html import escape
from typing import Any, Final

import streamlit as st

from analytics.charts.scorecard import spark_of_row
from analytics.reports.indicators.state_figures import headlines
from analytics.ui import data, details, language, show
from analytics.ui.markdown import whole
from analytics.ui.scorecard import image, small

_TABLE: Final = (
    '<table class="scorecard" aria-label="{label}"><thead><tr>{head}</tr></thead>'
    "<tbody>{body}</tbody></table>"
)
_ROW: Final = (
    '<tr><th scope="row">{label}</th><td class="value"><strong>{value}</strong>{interval}</td>'
    '<td data-label="{change_head}">{change}</td><td class="course">{course}</td></tr>'
)
_HEADS: Final = ("value", "change", "course")


@st.fragment
def draw() -> None:
    """Show the headline numbers in their frame."""
    w = language.current()
    question = data.ask(headlines)
    shown = question.answer()
    heads = [w(f"key_figure.column_{name}") for name in _HEADS]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in (w("ui.indicator"), *heads))
    body = "".join(_row(row, heads[1]) for row in shown.table.frame.to_dict("records"))
    with show.frame(shown):
        show.heading(shown)
        st.html(_TABLE.format(label=escape(shown.title), head=head, body=body))
        show.sentence(shown)
        details.row(shown, question, details.BESIDE_A_TABLE, w)


def _row(row: dict[Any, Any], change_head: str) -> str:
    return _ROW.format(
        label=escape(row["label"]),
        value=escape(row["value_text"]),
        interval=small(row["interval_text"]),
        change=escape(whole(row["change_text"])),
        change_head=escape(change_head),
        course=image(spark_of_row(row), "spark"),
    )
