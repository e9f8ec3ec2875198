"""What stands out: the clearest changes and differences in the present filter."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import streamlit as st

from analytics.domain.indicators import catalogue
from analytics.domain.inquiry import WHOLE, Inquiry
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import figure_of
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.exploring.standouts import standouts
from analytics.stats.search import CHANGES
from analytics.ui import controls, data, filters, language, places, show
from analytics.ui.markdown import plain

_POINTS: Final = Format("points", 1)


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.standouts_lead"))
    _search()


@st.fragment
def _search() -> None:
    w = language.current()
    figure = figure_of(standouts)
    names = {name: catalogue()[name].name[w.language] for name in figure.indicators}
    measure, *bar = st.columns([1.3, *filters.WIDTHS], vertical_alignment="bottom")
    with measure:
        asked = controls.one_of("indicator", w("ui.indicator"), names, figure.usual)
    needs = filters.need_filter(w, usual=PROGRAMME, bar=bar)
    question = data.ask(standouts, asked, needs)
    with st.spinner(w("standouts.searching")):
        is_refused = show.is_refused(question)
    if is_refused:
        return
    picture, links = st.columns([3, 2], gap="large")
    with picture:
        show.figure(standouts, asked, needs)
    with links:
        _links(question.answer(), w)


def _links(shown: Exhibit, w: Words) -> None:
    """Lead from each row to its picture, in the order of the table."""
    rows = shown.table.frame.to_dict("records")
    if not rows:
        return
    st.subheader(plain(w("standouts.links")), anchor=False)
    for row in rows:
        kind = "trending_up" if row["value"] > 0 else "trending_down"
        icon = f":material/{kind if row['family'] in CHANGES else 'compare_arrows'}:"
        text = f"{row['label']}: {_POINTS.text(row['value'], w)}"
        places.link("explore/question", plain(text), picture_of(shown, row), icon=icon)


def picture_of(shown: Exhibit, row: Mapping[Hashable, Any]) -> dict[str, str | list[str]]:
    """Return the parameters of the question whose picture shows a row.

    Args:
        shown: The exhibit of the row, whose months and filters go along.
        row: With ``rows, columns`` and, of changes, ``against_from, against_to``.
    """
    needs = shown.needs
    assert needs is not None  # it is an exhibit of needs
    before = (row["against_from"], row["against_to"])
    against = Period.parse(*map(str, before)) if all(before) else None
    columns = row["columns"] or WHOLE
    asked = Inquiry(shown.indicators[0], needs, str(row["rows"]), str(columns), against)
    return asked.parameters()
