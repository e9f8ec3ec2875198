"""Every registered figure can be drawn, and every drawing is there and used."""

import ast
from pathlib import Path

import pytest

from analytics.charts.drawings import DRAWINGS, _function
from analytics.reports.basis.figures import _OF_REPORT
from analytics.reports.catalogue.figures_catalogue import figures

PROJECT = Path(__file__).parents[2]
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


def test_every_registered_figure_is_shown_somewhere() -> None:
    figures()  # imports all reports
    found = [*(PROJECT / "pages").rglob("*.py"), *(PROJECT / "analytics" / "ui").rglob("*.py")]
    nodes = [node for path in found for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    missing = {f.id: f.page for report, f in _OF_REPORT.items() if report.__name__ not in named}
    assert not missing, f"no page shows them, say show.figure(report, …): {missing}"
