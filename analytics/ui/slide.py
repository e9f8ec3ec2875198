"""A slide on the screen, 16:9 as it will be: part and data, finding, figure and words, source.

The page shows it small with its notes, the presentation mode fills the screen with it; the sizes of
both are in ``static/frame.css``.
"""

from collections.abc import Mapping
from functools import partial
from textwrap import wrap
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from analytics.charts import figures, menu, theme
from analytics.charts.bars import bars
from analytics.charts.drawings import on_screen
from analytics.charts.figures import Draw
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import tied
from analytics.reports.deck import Slide
from analytics.ui import details
from analytics.ui.base import base_path
from analytics.ui.show import plain, small

_WIDE: Final[Mapping[str, Draw]] = {"bars": partial(bars, is_wide=True)}
"""Drawings that a slide has more room for than a page."""

_LEGEND_BESIDE_MAP: Final = {
    "geo": {"domain": {"x": [0.3, 1], "y": [0, 1]}},
    "legend": {"orientation": "v", "y": 1, "yanchor": "top"},
    "margin": {"t": 0, "b": 0},
}
_LABEL: Final = 42
"""Letters of a row's label that fit on one line."""
_SIZES: Final = ((190, "large"), (370, "middle"))
"""Type of the words beside a figure up to so many signs, that they fit; beyond, it is small."""


def draw(
    slide: Slide,
    number: int,
    count: int,
    w: Words,
    *,
    is_page: bool = False,
) -> None:
    """Draw a slide.

    Args:
        slide: What it says.
        number: Its place, from 1.
        count: Of the presentation's slides.
        w: Words of the language.
        is_page: Whether its heading is the page's own.
    """
    pictures = _pictures(slide, w)
    with st.container(key=f"slide_{number}_{slide.kind}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"head_{number}"):
            small(slide.kicker)
            st.badge(slide.provenance_text, color=theme.BADGES[slide.provenance])
        head = st.title if is_page else st.header
        head(plain(slide.title), anchor=f"slide-{number}")
        with st.container(height="stretch", key=f"body_{number}"):
            if pictures:
                with st.container(height="stretch", key=f"pictures_{number}"):
                    for exhibit, figure in pictures:
                        _chart(figure, exhibit, f"{number}_{exhibit.id}", w)
            elif slide.kind == "table" and slide.exhibit is not None:
                details.twin(slide.exhibit, w)
            _words(slide, number)
        with st.container(horizontal=True, vertical_alignment="center", key=f"foot_{number}"):
            small(slide.foot)
            st.markdown(f"{w.number(number)} / {w.number(count)}", width="content")


def _pictures(slide: Slide, w: Words) -> list[tuple[Exhibit, go.Figure]]:
    """Return the slide's figures from top to bottom, without what the slide says itself.

    Source, data cut and snapshot stand at the slide's foot.
    """
    if slide.kind not in ("chart", "map") or slide.exhibit is None:
        return []
    found = [(slide.exhibit, _first(slide, slide.exhibit, w))]
    if slide.course is not None:
        found.append((slide.course, figures.group_trends(slide.course, w)))
    for _, figure in found:
        figure.update_layout(title_text="", height=None)
    return found


def _first(slide: Slide, exhibit: Exhibit, w: Words) -> go.Figure:
    figure = (_WIDE.get(slide.drawing) or on_screen(slide.drawing))(exhibit, w)
    if slide.kind == "map":
        figure.update_layout(_LEGEND_BESIDE_MAP)
    if slide.drawing in ("forest", "contributions"):
        figure.update_yaxes(ticktext=[_on_fewer_lines(t) for t in figure.layout.yaxis.ticktext])
    return figure


def _on_fewer_lines(label: str) -> str:
    """Break a row's label where a slide needs it, not where a phone does."""
    lines = wrap(label.replace("<br>", " "), _LABEL, break_on_hyphens=False, break_long_words=False)
    return "<br>".join(lines)


def _chart(figure: go.Figure, exhibit: Exhibit, key: str, w: Words) -> None:
    with st.container(height="stretch", key=f"picture_{key}"):
        st.plotly_chart(
            figure,
            theme=None,
            height="stretch",
            key=f"chart_{key}",
            alt=exhibit.alt,
            config=menu.config(w, filename="", base_path=base_path()) | {"staticPlot": True},
        )


def _words(slide: Slide, number: int) -> None:
    length = len(slide.heading) + len(slide.sentence) + len(slide.gap)
    size = next((name for most, name in _SIZES if length <= most), "small")
    with st.container(key=f"words_{number}_{size}"):
        if slide.heading:
            st.markdown(f"**{plain(slide.heading)}**")
        for text in filter(None, (slide.sentence, *slide.paragraphs)):
            st.markdown(plain(tied(text)))
        if slide.gap:
            small(slide.gap)
