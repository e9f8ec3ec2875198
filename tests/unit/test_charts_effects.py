"""Pictures of effect estimates say what their tables say, and what is refused."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from chart_exhibits import LABEL, NONE, exhibit

from analytics.charts import theme
from analytics.charts.event_study import event_study
from analytics.charts.forest import estimate, forest
from analytics.charts.honest import honest_curve
from analytics.charts.placebo import placebo_draws
from analytics.charts.specs.points import estimate as slide_estimate
from analytics.disclosure import Column, ColumnKind, ReleasedTable
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

DE, EN = words("de"), words("en")


def _figures(kind: ColumnKind) -> tuple[Column, ...]:
    return (LABEL, *(Column(name, name, kind, 1) for name in ("value", "low", "high")))


def variants(kind: ColumnKind = "points") -> Exhibit:
    rows = [
        ("headline", "Gewählte Schätzung", 0.067, 0.048, 0.087, "", "shown"),
        ("from_2017", "Bedarfe ab 2017", 0.055, 0.0035, 0.106, "", "shown"),
        ("balanced", "Ohne Lücken", NONE, NONE, NONE, "abgelehnt: zu wenige", "no_data"),
    ]
    return exhibit("key label value low high reason status", rows, _figures(kind))


def marks(figure: go.Figure) -> dict[str, list[float]]:
    return {trace.marker.color: list(trace.x) for trace in figure.data if trace.error_x.array}


def notes(figure: go.Figure) -> list[str]:
    return [str(note.text) for note in figure.layout.annotations]


def test_a_forest_draws_the_chosen_estimate_in_its_colour_and_as_a_line() -> None:
    figure = forest(variants(), DE)
    assert marks(figure) == {theme.MODEL: [0.067], theme.NEUTRAL: [0.055]}
    chosen = next(trace for trace in figure.data if trace.marker.color == theme.MODEL)
    assert chosen.error_x.array[0] == pytest.approx(0.02)
    assert chosen.error_x.arrayminus[0] == pytest.approx(0.019)
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 0.067]


def test_a_refused_row_says_why_and_has_no_estimate() -> None:
    refused = next(trace for trace in forest(variants(), DE).data if trace.mode == "markers+text")
    assert list(refused.x) == [0]
    assert "abgelehnt" in refused.text[0]
    assert refused.hovertext[0] == "abgelehnt: zu wenige"


def test_no_difference_of_a_ratio_is_one() -> None:
    table = variants("number").table
    shown = table.frame.assign(value=[1.2, 1.1, NONE], low=[1.1, 0.9, NONE], high=[1.3, 1.4, NONE])
    ratios = replace(variants(), table=ReleasedTable(table.columns, shown))
    figure = forest(ratios, EN)
    assert figure.layout.shapes[0].x0 == 1
    assert figure.layout.xaxis.type == "log"


@pytest.mark.parametrize(
    ("kind", "value", "size", "edges"),
    [("points", 0.067, 0.028, (-0.028, 0.028)), ("number", 1.24, 1.25, (0.8, 1.25))],
)
def test_what_could_not_be_found_is_shaded_in_both_directions(kind, value, size, edges) -> None:
    rows = [
        ("estimate", "Schätzwert", value, value * 0.9, value * 1.1, "shown"),
        ("detectable", "Erkennbar", size, NONE, NONE, "shown"),
        ("needs", "Bedarfe", 1234.0, NONE, NONE, "shown"),
    ]
    figure = estimate(exhibit("key label value low high status", rows, _figures(kind)), DE)
    shaded = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (shaded.x0, shaded.x1) == pytest.approx(edges)
    assert marks(figure) == {theme.MODEL: [value]}
    assert DE("report_model_effect.undetected") in notes(figure)


@pytest.mark.parametrize(
    ("kind", "value", "size", "edges", "neutral"),
    [("points", 0.067, -0.028, (-2.8, 2.8), 0.0), ("number", 1.24, 1.25, (0.8, 1.25), 1.0)],
)
@pytest.mark.parametrize(("key", "colour"), [("estimate", theme.MODEL), ("average", theme.KIM)])
def test_a_slide_shows_the_estimate_over_what_could_not_be_found(
    kind, value, size, edges, neutral, key, colour
) -> None:
    rows = [
        (key, "Schätzwert", value, value * 0.9, value * 1.1, "shown"),
        ("detectable", "Erkennbar", size, NONE, NONE, "shown"),
        ("needs", "Bedarfe", 1234.0, NONE, NONE, "shown"),
    ]
    shown = exhibit("key label value low high status", rows, _figures(kind))
    spec = slide_estimate(shown, DE)
    factor = 100 if kind == "points" else 1
    zone, low, high, interval, point, labels = spec.series
    assert zone.x[:2] == pytest.approx(edges)
    assert (low.x[0], high.x[0]) == pytest.approx(edges)
    assert interval.x == pytest.approx((factor * value * 0.9, factor * value * 1.1))
    assert (point.x, point.colour) == ((pytest.approx(factor * value),), colour)
    assert labels.labels == (DE("report_kim_effect.below_detectable"), "Schätzwert")
    assert spec.y.crosses == neutral or spec.x.crosses == neutral
    assert spec.x.low <= edges[0] and edges[1] <= spec.x.high
    assert slide_estimate(_without(shown, "detectable"), DE).series[0].name.startswith("Schätzwert")


def _without(shown: Exhibit, key: str) -> Exhibit:
    table = shown.table
    return replace(
        shown, table=ReleasedTable(table.columns, table.frame[table.frame["key"] != key])
    )


def draws(statistic: float = 7.1) -> Exhibit:
    rows = [
        ("-4.00", "-4 bis -2", -4.0, -2.0, 30.0, statistic, 2.0, "shown"),
        ("-2.00", "-2 bis 0", -2.0, 0.0, 450.0, statistic, 2.0, "shown"),
        ("0.00", "0 bis 2", 0.0, 2.0, 500.0, statistic, 2.0, "shown"),
        ("2.00", "2 bis 4", 2.0, 4.0, 20.0, statistic, 2.0, "shown"),
    ]
    columns = (LABEL, Column("value", "Lose", "number"))
    return exhibit("key label low high value statistic critical status", rows, columns)


def test_placebo_bars_beyond_the_critical_value_are_darker() -> None:
    bars = placebo_draws(draws(), DE).data[0]
    assert list(bars.x) == [-3, -1, 1, 3]
    assert list(bars.marker.color) == [theme.NEUTRAL, theme.PALE, theme.PALE, theme.NEUTRAL]


@pytest.mark.parametrize("statistic", [7.1, -6.2])
def test_the_true_assignment_and_the_critical_values_are_marked_inside(statistic: float) -> None:
    figure = placebo_draws(draws(statistic), DE)
    lines = [shape.x0 for shape in figure.layout.shapes]
    assert lines == [-2.0, 2.0, statistic]
    low, high = figure.layout.xaxis.range
    assert low < statistic < high
    assert all(low <= tick <= high for tick in figure.layout.xaxis.tickvals)
    assert f"<b>tatsächlich: {DE.signed(statistic, 1)}</b>" in notes(figure)


@pytest.mark.parametrize("kind", ["points", "number"])
def test_an_event_study_draws_the_estimate_from_the_start_on(kind: ColumnKind) -> None:
    estimate = (1.5, 1.1, 2.0) if kind == "number" else (0.04, 0.02, 0.09)
    value, low, high = estimate
    rows = [
        (-2, "2. davor", "before", "vorher", value, low, high, *estimate, "shown"),
        (-1, "1. davor", "before", "vorher", value, low, high, *estimate, "shown"),
        (0, "1. ab Beginn", "after", "nachher", value, low, high, *estimate, "shown"),
    ]
    names = "event label phase phase_label value low high"
    names += " estimate estimate_low estimate_high status"
    figure = event_study(exhibit(names, rows, _figures(kind)), DE)
    colours = {int(trace.x[0]): trace.marker.color for trace in figure.data}
    assert colours == {-2: theme.NEUTRAL, 0: theme.MODEL}
    band, line = figure.layout.shapes[:2]
    assert (band.x0, band.x1, band.y0, band.y1) == (-0.5, 0.7, low, high)
    assert (line.x0, line.x1, line.y0, line.y1) == (-0.5, 0.7, value, value)
    top = figure.layout.yaxis.range[1]
    assert (np.log10(high) if kind == "number" else high) <= top
    written, *marks = notes(figure)
    assert written == f"Band: {Format(kind, 1).bare(value, DE)}"
    assert marks == [DE(f"report_model_effect.mark_{m}") for m in ("reference", "start")]


def robust(breakdown: float) -> Exhibit:
    rows = [
        (0.0, 0.036, 0.091, breakdown, "shown"),
        (1.0, 0.012, 0.138, breakdown, "shown"),
        (2.0, -0.029, 0.192, breakdown, "shown"),
    ]
    columns = tuple(Column(name, name, "points", 1) for name in ("low", "high"))
    return exhibit("allowed low high breakdown status", rows, columns)


def test_intervals_that_let_no_difference_in_lose_their_colour() -> None:
    holds, open_ones = honest_curve(robust(1.4), DE).data
    assert [x for x in holds.x if x is not None] == [0, 0, 1, 1]
    assert [x for x in open_ones.x if x is not None] == [2, 2]
    assert (holds.line.color, open_ones.line.color) == (theme.MODEL, theme.NEUTRAL)
    assert "+3,6 bis +9,1" in holds.hovertext[0]


@pytest.mark.parametrize(("breakdown", "marked"), [(1.4, 1), (0.0, 0), (float("inf"), 0)])
def test_a_breakdown_value_is_marked_where_the_picture_has_it(
    breakdown: float, marked: int
) -> None:
    assert len(notes(honest_curve(robust(breakdown), DE))) == marked
