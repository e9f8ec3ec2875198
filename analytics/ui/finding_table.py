"""Districts by indicators as a table on a slide of the screen."""

from html import escape

import streamlit as st

from analytics.charts.specs.finding_grid import grid_spec
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TABLE = (
    '<div role="region" aria-label="{label}" tabindex="0" style="overflow-x:auto">'
    '<table class="findings"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
)


def show(shown: Exhibit, w: Words) -> None:
    """Show each district's row of findings: fill, sign and value; a phone scrolls sideways."""
    spec = grid_spec(shown, w)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in (spec.corner, *spec.heads))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td style="background:{look.fill}">{escape(text)}</td>' for look, text in cells)
        + "</tr>"
        for name, cells in spec.rows
    )
    st.html(_TABLE.format(label=escape(shown.title), head=head, body=body))
