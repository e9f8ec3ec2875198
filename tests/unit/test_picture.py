"""Pictures on the server: what the painter refuses, what stands around a figure, how it looks."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import chart_exhibits as made
import plotly.graph_objects as go
import pytest
from structlog.typing import EventDict

from analytics.charts import theme
from analytics.charts.curves import referral_curve
from analytics.charts.figures import Draw
from analytics.charts.maps import choropleth, tile_map
from analytics.charts.picture.described import described
from analytics.charts.picture.known import UnknownPartError
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.points import dashes
from analytics.charts.picture.type import balanced, width, wrapped
from analytics.charts.print.paper import drawing
from analytics.charts.trend import trend
from analytics.domain.vocabulary import Provenance
from analytics.exports.pictures import picture_bytes
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit

PROJECT = Path(__file__).parents[2]
DE = words("de")
EDGE = f"stroke: {theme.MADE_UP.lower()}; stroke-width: 3.889".encode()
"""A stripe of the hatched edge."""

MAPS: list[Draw] = [choropleth, tile_map, partial(choropleth, selected="05315")]


def figure(**parts: Any) -> go.Figure:
    """Return a figure of one trace and a part that is under test."""
    trace = go.Scatter(x=[1, 2], y=[3, 4], mode="lines", **parts.pop("trace", {}))
    return go.Figure(trace, theme.layout(DE) | parts)


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        (go.Figure(go.Pie(values=[1]), theme.layout(DE)), "trace pie"),
        (figure(trace={"stackgroup": "one"}), "scatter: stackgroup"),
        (figure(trace={"fill": "tozeroy"}), "scatter: fill is 'tozeroy'"),
        (figure(trace={"marker": {"symbol": "star"}}), "scatter: marker.symbol is 'star'"),
        (figure(xaxis={"type": "log"}), "layout: axis.type is 'log'"),
        (figure(polar={"hole": 0.5}), "layout: polar.hole"),
        (figure(images=[{"source": "x"}]), "layout: images.source"),
        (figure(annotations=[{"text": "x", "showarrow": True}]), "showarrow is True"),
    ],
)
def test_what_cannot_be_painted_is_refused_by_name(drawn: go.Figure, named: str) -> None:
    with pytest.raises(UnknownPartError, match=re.escape(named)):
        described(drawn)


def test_an_axis_whose_ticks_plotly_would_choose_is_refused() -> None:
    with pytest.raises(UnknownPartError, match=r"axis . without ticks"):
        picture_bytes(made.curve(), lambda _exhibit, _w: figure(), "wide", "svg", DE)


def test_unknown_markup_and_dashes_are_refused() -> None:
    with pytest.raises(UnknownPartError, match="<sup>"):
        lines_of("10<sup>3</sup>")
    with pytest.raises(UnknownPartError, match="longdash"):
        dashes("longdash", 1)


def test_markup_becomes_lines_of_runs() -> None:
    first, second = lines_of("<b>A &amp; B</b> c<br><i>d</i>")
    assert [(run.text, run.bold, run.italic) for run in first] == [
        ("A & B", True, False),
        (" c", False, False),
    ]
    assert [(run.text, run.italic) for run in second] == [("d", True)]


def test_texts_wrap_at_their_room_and_lose_nothing() -> None:
    text = "Vom Bedarf bis zur Vermittlung vergehen im Mittel 39 Tage 0123456789abcdefghijklmnop"
    with drawing({}):
        lines = wrapped(text, 120, 13)
        assert max(width(lines_of(line)[0], 13) for line in lines) <= 120
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        heading = balanced(
            "Der Abstand der Modellkommunen ist seit dem Beginn größer geworden", 400, 21
        )
        lengths = [width(lines_of(f"<b>{line}</b>")[0], 21) for line in heading]
    assert len(heading) == 2 and max(lengths) < 1.6 * min(lengths)


def texts(svg: bytes) -> list[str]:
    """Return what is written: matplotlib tells the text of each path of letters."""
    return [found.strip() for found in re.findall(r"<!-- (.*?) -->", svg.decode("utf-8"))]


def svg(exhibit: Exhibit, draw: Draw = referral_curve) -> bytes:
    return picture_bytes(exhibit, draw, "wide", "svg", DE)


def test_a_picture_carries_what_must_travel_with_it() -> None:
    exhibit = replace(
        made.curve(), title="Ein Befund", subtitle="Anteil in Prozent", alt="Zwei & drei"
    )
    found = svg(exhibit)
    written = texts(found)
    assert {"Ein Befund", "Anteil in Prozent", "Demonstrationsdaten (synthetisch)"} <= set(written)
    assert exhibit.source.text in written
    assert "Zwei &amp; drei" in found.decode("utf-8")
    assert EDGE in found


def test_what_is_not_made_up_has_neither_the_words_nor_the_edge() -> None:
    exhibit = made.curve()
    real = replace(exhibit, source=replace(exhibit.source, provenance=Provenance.OFFICIAL))
    found = svg(real)
    assert "Demonstrationsdaten (synthetisch)" not in texts(found)
    assert EDGE not in found


@pytest.mark.parametrize("draw", MAPS)
def test_a_map_names_whose_boundaries_it_draws(draw: Draw) -> None:
    credit = theme.credit_of(draw(made.area(), DE))
    written = texts(svg(made.area(), draw))
    assert (credit in written) == bool(credit)
    assert {"geschützt", "keine Daten"} <= set(written)  # in the legend


def test_the_same_rows_give_the_same_bytes() -> None:
    assert svg(made.trend(), trend) == svg(made.trend(), trend)


def test_a_picture_tells_no_protected_value() -> None:
    exhibit = made.trend()
    frame = exhibit.table.frame
    assert (frame["status"] == "suppressed").any()
    assert "nan" not in " ".join(texts(svg(exhibit, trend)))


def test_a_picture_is_made_without_a_line_in_the_log(logs: list[EventDict]) -> None:
    svg(made.curve())
    assert logs == []


def test_pages_do_not_load_what_paints() -> None:
    code = (
        "import sys, analytics.exports.pictures, analytics.charts.drawings;"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
