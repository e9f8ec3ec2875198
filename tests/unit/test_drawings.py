"""Every registered figure can be drawn, and every drawing is there and used."""

import pytest

from analytics.charts.drawings import DRAWINGS, _function
from analytics.reports.catalogue.figures_catalogue import figures

SLIDES_ONLY = {"area_map"}
"""The map of an indicator: its page draws it with what was clicked."""


def test_every_figure_names_a_drawing_that_there_is() -> None:
    unknown = {
        f.id: f.drawing for f in figures().values() if f.drawing and f.drawing not in DRAWINGS
    }
    assert not unknown, f"name them in charts/drawings.py: {unknown}"


def test_every_drawing_draws_a_figure() -> None:
    used = {figure.drawing for figure in figures().values()} | SLIDES_ONLY
    assert not set(DRAWINGS) - used


@pytest.mark.parametrize("path", [p for d in DRAWINGS.values() for p in (d.screen, d.spec) if p])
def test_the_functions_are_where_they_are_said_to_be(path: str) -> None:
    assert callable(_function(path))
