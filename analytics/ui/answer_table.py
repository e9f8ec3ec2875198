"""An answer as a table that sorts, searches and keeps its first columns in sight."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.disclosure import Column
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import reason_text

_NAMES: Final = ("label", "series_label", "quarter")
_PERCENT: Final = ("share", "points")
_SIGNED: Final = ("points", "days_change", "change")


def draw(shown: Exhibit, w: Words, narrow: Callable[[str, str], None]) -> None:
    """Draw the table; a row that is chosen narrows the question.

    Args:
        shown: The answer.
        w: Words of the language.
        narrow: Called with the codes of the row and the column.
    """
    frame = shown.table.frame
    told = [each for each in shown.table.readable() if each.name in frame]
    values = pd.DataFrame({each.label: _scaled(each, frame) for each in told})
    bar = w("explore.bar")
    _add_bar(values, told, bar)
    if (frame["status"] != Status.SHOWN).any():
        values[w("explore.status")] = [
            "" if status == Status.SHOWN else reason_text(Status(status), w)
            for status in frame["status"]
        ]
    key = f"answer_table_{shown.id}"

    def chosen() -> None:
        if rows := st.session_state[key].selection.rows:
            row = frame.iloc[rows[0]]
            narrow(str(row["key"]), str(row.get("series", "")))

    st.dataframe(
        values.style.format(_written(told, w), na_rep="–"),
        hide_index=True,
        key=key,
        alt=shown.title,
        column_config=_config(told, values, bar),
        on_select=chosen,
        selection_mode="single-row",
    )


def _scaled(each: Column, frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return a column as it is read: shares in percent, no digit more than is written."""
    values = frame[each.name]
    if each.kind == "text":
        return values
    scale = 100 if each.kind in _PERCENT else 1
    return (scale * values.astype(float)).round(0 if each.kind == "count" else each.digits)


def _written(told: list[Column], w: Words) -> dict[Any, Any]:
    """Return how each number is written in the language of the page; it is sorted by its value."""
    numbers = [each for each in told if each.kind != "text"]
    return {
        each.label: partial(
            w.signed if each.kind in _SIGNED else w.number,
            digits=0 if each.kind == "count" else each.digits,
        )
        for each in numbers
    }


def _add_bar(values: pd.DataFrame, told: list[Column], name: str) -> None:
    """Put the values beside themselves as they are drawn as bars: those need another column.

    Streamlit writes the number of a bar as the browser's language has it, not as the page has.
    """
    place, value = next((at, each) for at, each in enumerate(told) if each.name == "value")
    numbers = values[value.label]
    if numbers.notna().any() and (numbers.dropna() >= 0).all():
        values.insert(place + 1, name, numbers)


def _config(told: list[Column], values: pd.DataFrame, bar: str) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if bar in values:
        most = float(values[bar].max()) or 1.0
        config[bar] = st.column_config.ProgressColumn(format=" ", min_value=0.0, max_value=most)
    for each in told:
        if each.kind == "text":
            config[each.label] = st.column_config.TextColumn(pinned=each.name in _NAMES)
        else:
            config[each.label] = st.column_config.NumberColumn()
    return config
