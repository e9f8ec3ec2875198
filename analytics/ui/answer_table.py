"""An answer as a table that sorts, searches and keeps its first columns in sight."""

from collections.abc import Callable
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
        values,
        hide_index=True,
        key=key,
        alt=shown.title,
        column_config=_config(told, values, frame),
        on_select=chosen,
        selection_mode="single-row",
    )


def _scaled(each: Column, frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return a column as it is read: shares in percent."""
    values = frame[each.name]
    return 100 * values.astype(float) if each.kind in _PERCENT else values


def _config(told: list[Column], values: pd.DataFrame, frame: pd.DataFrame) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for each in told:
        if each.kind == "text":
            config[each.label] = st.column_config.TextColumn(pinned=each.name in _NAMES)
        elif each.name == "value" and (values[each.label].dropna() >= 0).all():
            most = float(values[each.label].max()) if frame["value"].notna().any() else 1.0
            config[each.label] = st.column_config.ProgressColumn(
                format=f"%.{each.digits}f", min_value=0.0, max_value=most or 1.0
            )
        else:
            digits = 0 if each.kind == "count" else each.digits
            config[each.label] = st.column_config.NumberColumn(format=f"%.{digits}f")
    return config
