"""A table as HTML: headers that say what they head, numbers to the right, and a box that scrolls.

``st.table`` scrolls sideways on a phone without being reachable by keyboard (axe-core's rule
``scrollable-region-focusable``) and cannot align numbers.
"""

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from analytics.disclosure import ReleasedTable
from analytics.ui.markdown import whole

_BOX: Final = (
    '<div role="region" aria-label="{label}" tabindex="0" class="twin-box">'
    '<table class="twin{folds}"><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>'
)
_HEAD: Final = '<th scope="col"{kind}>{text}</th>'
_CELL: Final = '<td{kind} data-label="{name}">{text}</td>'
_NUMBER: Final = ' class="number"'
_WORDY: Final = 3
"""Columns of words from which a table has no room on a phone: each row becomes a card there.
Numbers stay in columns, where they are compared."""


def show(table: ReleasedTable, texts: pd.DataFrame, label: str) -> None:
    """Show ``texts``, the readable cells of ``table``; ``label`` names it to screen readers."""
    st.html(markup(table, texts, label))


def markup(table: ReleasedTable, texts: pd.DataFrame, label: str) -> str:
    """Return what ``show`` shows; each cell bears its column's name for where rows are cards."""
    is_text = [column.kind == "text" for column in table.readable()]
    kinds = ["" if words else _NUMBER for words in is_text]
    names = [escape(whole(str(name))) for name in texts.columns]
    header = "".join(
        _HEAD.format(kind=kind, text=name) for kind, name in zip(kinds, names, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            _CELL.format(kind=kind, name=name, text=escape(whole(str(cell))))
            for kind, name, cell in zip(kinds, names, row, strict=True)
        )
        + "</tr>"
        for row in texts.itertuples(index=False, name=None)
    )
    folds = " folds" if sum(is_text) >= _WORDY else ""
    return _BOX.format(label=escape(label), folds=folds, header=header, body=body)
