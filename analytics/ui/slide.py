"""A slide on the screen, 16:9 as it will be: part and data, finding, figure and words, source.

The page shows it small with its notes, the presentation mode fills the screen with it; the sizes of
both are in ``static/frame.css``.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from textwrap import wrap
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from analytics.charts import menu
from analytics.charts.bars import bars
from analytics.charts.drawings import on_screen
from analytics.charts.figures import Draw
from analytics.charts.specs.waits import few
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck import Slide
from analytics.ui import details, finding_table
from analytics.ui.base import base_path
from analytics.ui.markdown import whole
from analytics.ui.show import plain, small

_WIDE: Final[Mapping[str, Draw]] = {"bars": partial(bars, is_wide=True)}
"""Drawings that a slide has more room for than a page."""

_FEWER: Final[Mapping[str, Callable[[Exhibit], Exhibit]]] = {"waits": few}
"""Drawings that a slide has less room for than a page."""
_NAMED: Final = ("forest", "contributions", "waits")
"""Drawings whose rows bear long names."""

_LEGEND_BESIDE_MAP: Final = {
    "geo": {"domain": {"x": [0.3, 1], "y": [0, 1]}},
    "legend": {"orientation": "v", "y": 1, "yanchor": "top"},
    "margin": {"t": 0, "b": 0},
}
_LABEL: Final = 42
"""Letters of a row's label that fit on one line."""
_BIG: Final = """<p class="big-number">{}</p>"""
_PLACE: Final = """<div class="to-fill"><p>{}</p></div>"""


def draw(slide: Slide, number: int, count: int, w: Words) -> None:
    """Draw a slide.

    Args:
        slide: What it says.
        number: Its place, from 1.
        count: Of the presentation's slides.
        w: Words of the language.
    """
    picture = _picture(slide, w)
    edge = "_edged" if slide.is_made_up else ""
    with st.container(key=f"slide_{number}_{slide.kind}{edge}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"head_{number}"):
            small(slide.kicker if slide.kicker != slide.title else "")
            st.badge(slide.provenance_text, color="gray")
        st.header(plain(slide.title), anchor=f"slide-{number}")
        with st.container(height="stretch", key=f"body_{number}"):
            if picture is not None and slide.exhibit is not None:
                _chart(picture, slide.exhibit, number)
            elif slide.kind == "table" and slide.exhibit is not None:
                details.twin(slide.exhibit, w)
            elif slide.kind == "grid" and slide.exhibit is not None:
                finding_table.show(slide.exhibit, w)
            _words(slide, number)
        with st.container(horizontal=True, vertical_alignment="center", key=f"foot_{number}"):
            small(slide.foot)
            st.markdown(f"{w.number(number)} / {w.number(count)}", width="content")


def _picture(slide: Slide, w: Words) -> go.Figure | None:
    """Return the slide's figure as high as there is room."""
    if slide.kind not in ("chart", "map", "flow") or slide.exhibit is None:
        return None
    figure = _figure(slide, slide.exhibit, w)
    return figure.update_layout(height=None)


def _figure(slide: Slide, exhibit: Exhibit, w: Words) -> go.Figure:
    if slide.drawing in _FEWER:
        exhibit = _FEWER[slide.drawing](exhibit)
    figure = (_WIDE.get(slide.drawing) or on_screen(slide.drawing))(exhibit, w)
    if slide.kind == "map":
        figure.update_layout(_LEGEND_BESIDE_MAP)
    if slide.drawing in _NAMED:
        figure.update_yaxes(ticktext=[_on_fewer_lines(t) for t in figure.layout.yaxis.ticktext])
    return figure


def _on_fewer_lines(label: str) -> str:
    """Break a row's label where a slide needs it, not where a phone does."""
    lines = wrap(label.replace("<br>", " "), _LABEL, break_on_hyphens=False, break_long_words=False)
    return "<br>".join(lines)


def _chart(figure: go.Figure, exhibit: Exhibit, number: int) -> None:
    with st.container(height="stretch", key=f"picture_{number}_{exhibit.id}"):
        st.plotly_chart(
            figure,
            theme=None,
            height="stretch",
            key=f"chart_{number}_{exhibit.id}",
            alt=exhibit.alt,
            config=menu.config(base_path()) | {"staticPlot": True},
        )


def _words(slide: Slide, number: int) -> None:
    """Write what stands beside a picture, or what the slide is made of."""
    if slide.kind == "open":
        st.html(_PLACE.format(escape(" ".join(slide.lines))))
        return
    with st.container(key=f"words_{number}", horizontal=bool(slide.parts)):
        if slide.number:
            st.html(_BIG.format(escape(whole(slide.number))))
        for part in slide.parts:
            with st.container():
                _lines((f"**{plain(part.heading)}**", *map(plain, part.lines)))
        _lines([*map(plain, filter(None, slide.lines))])
        if slide.gap:
            small(slide.gap)


def _lines(texts: Iterable[str]) -> None:
    for text in texts:
        st.markdown(text)
