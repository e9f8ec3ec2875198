"""A table as HTML: headers that say what they head, numbers to the right, and a box that scrolls.

``st.table`` scrolls sideways on a phone without being reachable by keyboard (axe-core's rule
``scrollable-region-focusable``) and cannot align numbers.
"""

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from analytics.charts import theme
from analytics.disclosure import ReleasedTable
from analytics.ui.markdown import whole

_BOX: Final = (
    '<div role="region" aria-label="{label}" tabindex="0" style="overflow-x:auto">'
    '<table style="border-collapse:collapse;width:100%;font-size:.875rem">'
    "<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>"
)
_HEAD: Final = (
    '<th scope="col" style="text-align:{side};padding:6px 12px 6px 0;vertical-align:bottom;'
    f'border-bottom:2px solid {theme.OUTLINE};font-weight:600">{{text}}</th>'
)
_CELL: Final = (
    '<td style="text-align:{side};padding:6px 12px 6px 0;vertical-align:top;'
    f'border-bottom:1px solid {theme.GRID};{{wrap}}">{{text}}</td>'
)
_NO_WRAP: Final = "white-space:nowrap"


def show(table: ReleasedTable, texts: pd.DataFrame, label: str) -> None:
    """Show ``texts``, the readable cells of ``table``; ``label`` names it to screen readers."""
    is_text = [column.kind == "text" for column in table.readable()]
    sides = ["left" if left else "right" for left in is_text]
    wraps = ["min-width:7rem" if left else _NO_WRAP for left in is_text]
    header = "".join(
        _HEAD.format(side=side, text=escape(whole(str(name))))
        for side, name in zip(sides, texts.columns, strict=True)
    )
    rows = texts.itertuples(index=False, name=None)
    body = "".join(
        "<tr>"
        + "".join(
            _CELL.format(side=side, wrap=wrap, text=escape(whole(str(cell))))
            for side, wrap, cell in zip(sides, wraps, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    st.html(_BOX.format(label=escape(label), header=header, body=body))
