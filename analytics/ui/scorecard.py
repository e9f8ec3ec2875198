"""The scorecard as a table that becomes cards on a phone, each row with its drawn interval."""

from base64 import b64encode
from html import escape
from typing import Any, Final

import streamlit as st

from analytics.charts.scorecard import interval_of_row, spark_of_row
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.ui import data, show
from analytics.ui.markdown import whole

_TABLE: Final = (
    '<table class="scorecard" aria-label="{label}"><thead><tr>{head}</tr></thead>'
    "<tbody>{body}</tbody></table>"
)
_HEADS: Final = ("indicator", "value", "picture", "state", "peers", "position", "course")


@st.fragment
def scorecard(question: data.Question[Exhibit], w: Words) -> None:
    """Show the scorecard with its legend, source, table twin and downloads."""
    shown = question.answer()
    rows = shown.table.frame.to_dict("records")
    head = "".join(
        f'<th scope="col">{escape(w(f"page_profile.head_{name}"))}</th>' for name in _HEADS
    )
    body = "".join(_section(rows, place, w) + _row(row, w) for place, row in enumerate(rows))
    with show.frame(shown):
        show.heading(shown)
        st.html(_TABLE.format(label=escape(shown.title), head=head, body=body))
        show.sentence(shown)
        show.small(w("page_profile.legend"))
        show.foot(shown, question, w)


def _section(rows: list[dict[Any, Any]], place: int, w: Words) -> str:
    """Return the heading of a theme before its first row."""
    section = rows[place]["section"]
    if place and rows[place - 1]["section"] == section:
        return ""
    head = f'<th scope="rowgroup" colspan="{len(_HEADS)}">{escape(section)}</th>'
    return f'<tr class="theme">{head}</tr>'


def _row(row: dict[Any, Any], w: Words) -> str:
    notes = [row["interval_text"], row["comparability"] and f"⚠ {row['comparability']}"]
    value = f"<strong>{escape(row['value_text'])}</strong>" + "".join(map(small, notes))
    course = image(spark_of_row(row), "spark") + f"<small>{escape(row['trend_text'])}</small>"
    cells = {
        "value": value,
        "picture": image(interval_of_row(row), "strip"),
        "state": escape(row["state_text"]),
        "peers": escape(row["peers_text"]),
        "position": _position(row),
        "course": course,
    }
    name = f'<th scope="row">{escape(row["label"])}</th>'
    return (
        f"<tr>{name}"
        + "".join(
            f'<td class="{key}" data-label="{escape(w(f"page_profile.head_{key}"))}">{cell}</td>'
            for key, cell in cells.items()
        )
        + "</tr>"
    )


def _position(row: dict[Any, Any]) -> str:
    """Return both statements, one below the other, the difference between them."""
    return "".join(
        (escape(row["comparison_text"]), small(row["difference_text"]), escape(row["spread_text"]))
    )


def small(text: str) -> str:
    """Return a line in small type; nothing for no text."""
    return f"<small>{escape(whole(text))}</small>" if text else ""


def image(svg: str, kind: str) -> str:
    """Return a drawing that repeats what the row says in words; screen readers pass over it."""
    if not svg:
        return ""
    coded = b64encode(svg.encode()).decode()
    return f'<img class="{kind}" alt="" src="data:image/svg+xml;base64,{coded}">'
