"""The pictures of a district draw what their tables say, in shapes as well as colours."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest
from district_chart_exhibits import contributions, control, funnel, ring_differences, ring_map

from analytics.charts import theme
from analytics.charts.contrast import GRAPHICS_CONTRAST, contrast
from analytics.charts.contributions import contribution_bars
from analytics.charts.control import control_chart
from analytics.charts.funnel import funnel_plot
from analytics.charts.ring_grid import ring_grid
from analytics.charts.ring_map import ring_locator
from analytics.disclosure import ReleasedTable
from analytics.domain.areas import registry
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit

DE, EN = words("de"), words("en")


def texts(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def drawn(figure: go.Figure, mode: str) -> list[go.Scattergeo]:
    return [trace for trace in figure.select_traces({"type": "scattergeo", "mode": mode})]


def named(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


class TestFunnel:
    def test_each_district_stands_at_its_size_and_value(self) -> None:
        figure = funnel_plot(funnel(), DE)
        others, peers = named(figure, "Übrige Kreise"), named(figure, "Vergleichsring")
        assert dict(zip(others.x, others.y, strict=True)) == {400: 0.52, 900: 0.5}
        assert [key for (key,) in peers.customdata] == ["05774"]
        own = named(figure, "Lippe")
        assert (list(own.x), list(own.y)) == ([200], [0.75])

    def test_roles_differ_in_shape_and_are_seen_on_paper(self) -> None:
        figure = funnel_plot(funnel(), DE)
        looks = [named(figure, name).marker for name in ("Lippe", "Vergleichsring")]
        other = named(figure, "Übrige Kreise").marker
        assert looks[0].symbol != looks[1].symbol
        assert other.color == theme.PAPER  # hollow, so its outline must be seen
        for colour in (other.line.color, *(look.color for look in looks)):
            assert contrast(colour, theme.PAPER) >= GRAPHICS_CONTRAST

    def test_limits_run_through_the_districts_by_size(self) -> None:
        figure = funnel_plot(funnel(), DE)
        assert list(named(figure, "chance_low").x) == [100, 200, 400, 900]
        assert list(named(figure, "chance_low").y) == [0.3, 0.4, 0.42, 0.45]
        assert list(named(figure, "usual_high").y) == [0.8, 0.65, 0.6, 0.58]
        assert set(named(figure, "baseline").y) == {0.5}
        assert named(figure, "chance_low").line.dash != named(figure, "usual_low").line.dash

    def test_lines_and_the_own_district_are_named_on_the_spot(self) -> None:
        found = texts(funnel_plot(funnel(), DE))
        assert "<b>Lippe</b>" in found
        assert {"Zufall bei dieser Größe", "übliche Streuung zwischen den Kreisen"} <= set(found)
        assert "Landeswert 50,0\u00a0%" in found
        assert "State 50.0%" in texts(funnel_plot(funnel(), EN))

    def test_the_states_value_keeps_its_decimals_where_districts_need_more(self) -> None:
        shown = funnel()
        columns = tuple(
            replace(each, digits=2) if each.name == "value" else each
            for each in shown.table.columns
        )
        finer = replace(shown, table=ReleasedTable(columns, shown.table.frame))
        assert "Landeswert 50,0\u00a0%" in texts(funnel_plot(finer, DE))

    def test_pointing_tells_name_size_value_and_position(self) -> None:
        (text,) = named(funnel_plot(funnel(), DE), "Vergleichsring").hovertext
        for part in ("Pader&lt;born", "Anteil: 40,0\u00a0%", "Anzahl (n): 100", "Streuung: innen"):
            assert part in text
        assert "Gegenüber dem übrigen Land: gleich" in text
        assert "Unterschied:" not in text  # there is none to tell

    def test_shares_end_at_one_and_sizes_begin_at_nought(self) -> None:
        layout = funnel_plot(funnel(), DE).layout
        assert max(layout.yaxis.tickvals) <= 1
        assert layout.xaxis.range[0] == 0
        assert layout.xaxis.title.text == "Anzahl (n)"

    def test_nothing_shown_is_an_empty_picture(self) -> None:
        hidden = funnel()
        hidden.table.frame["value"] = float("nan")
        assert not funnel_plot(hidden, DE).data


class TestControl:
    def test_each_segment_has_a_mean_and_limits_of_its_own(self) -> None:
        figure = control_chart(control(), DE)
        means = [y for y in named(figure, "Mittel").y if y is not None]
        assert means == [30, 30, 20, 20]
        limits = [t for t in figure.data if t.name == "Grenzen des üblichen Bereichs"]
        assert {y for t in limits for y in t.y if y is not None} == {10, 50, 15, 25}
        bands = [shape for shape in figure.layout.shapes if shape.type == "rect"]
        assert [(band.y0, band.y1) for band in bands] == [(10, 50), (15, 25)]
        # A line is interrupted between segments: x holds an empty place for each.
        assert [x for x in named(figure, "Mittel").x].count(None) == 2

    def test_signals_have_a_shape_and_words(self) -> None:
        figure = control_chart(control(), DE)
        outside, run = (
            named(figure, name) for name in ("über dem üblichen Bereich", "7 oder mehr in Folge")
        )
        assert (list(outside.y), list(run.y)) == ([90], [21, 19])
        assert outside.marker.symbol != run.marker.symbol
        assert outside.showlegend
        assert figure.layout.showlegend
        for part in ("Q3", "90,0 Tage", "n = 40", "über dem üblichen Bereich", "10,0 bis 50,0"):
            assert part in outside.hovertext[0].replace("\u00a0", " ")

    def test_the_axis_holds_values_and_limits(self) -> None:
        low, high = control_chart(control(), DE).layout.yaxis.range
        assert low < 0  # a row below the axis for the hidden quarter
        assert high >= 90
        calm = control()
        calm.table.frame["value"] = calm.table.frame["value"].clip(upper=35)
        assert control_chart(calm, DE).layout.yaxis.range[1] >= 50

    def test_a_hidden_quarter_stands_below_and_leaves_a_gap(self) -> None:
        figure = control_chart(control(), DE)
        hidden = named(figure, "geschützt")
        assert list(pd.to_datetime(list(hidden.x))) == [pd.Timestamp("2020-10-01")]
        assert max(hidden.y) < 0

    def test_the_provisional_quarter_is_hollow_and_dashed(self) -> None:
        figure = control_chart(control(), DE)
        points = next(t for t in figure.data if t.mode == "markers" and len(t.y) == 9)
        assert [fill == theme.PAPER for fill in points.marker.color] == [False] * 8 + [True]
        assert any(t.line.dash == theme.PROVISIONAL_DASH for t in figure.data)
        assert "vorläufig" in texts(figure)

    def test_milestones_are_named_at_lines_before_their_quarter(self) -> None:
        figure = control_chart(control(), DE)
        notes = {n.text: n for n in figure.layout.annotations}
        model, kim = notes["Start Modell"], notes["Start KIM"]
        assert "2020-10-01" < model.x < "2021-01-01"
        assert model.yshift != kim.yshift  # never on one line: quarters are narrow on a phone
        lines = [shape.x0 for shape in figure.layout.shapes if shape.type == "line"]
        assert {model.x, kim.x} <= set(lines)

    def test_without_limits_only_the_course_is_drawn(self) -> None:
        figure = control_chart(control(watched=False), DE)
        assert not figure.layout.showlegend
        assert "Mittel" not in {trace.name for trace in figure.data}


class TestContributions:
    def test_each_section_ends_with_its_sum(self) -> None:
        (bars,) = contribution_bars(contributions(), DE).data
        assert list(bars.x) == [-7, -9, 2, -7, -8, 1, -7]
        assert [key for (key,) in bars.customdata].count("total") == 3

    def test_parts_have_whiskers_and_sums_repeat_none(self) -> None:
        (bars,) = contribution_bars(contributions(), DE).data
        assert list(bars.error_x.array) == [1, 1, 1, None, 1, 1, None]
        assert list(bars.error_x.arrayminus) == [1, 1, 1, None, 1, 1, None]

    def test_more_and_less_have_the_same_colour(self) -> None:
        (bars,) = contribution_bars(contributions(), DE).data
        assert bars.marker.color[1] == bars.marker.color[2]
        assert contrast(bars.marker.color[1], theme.PAPER) >= GRAPHICS_CONTRAST

    def test_values_are_written_with_their_sign(self) -> None:
        found = texts(contribution_bars(contributions(), DE))
        assert found == ["−7,0", "−9,0", "+2,0", "−7,0", "−8,0", "+1,0", "−7,0"]

    def test_pointing_tells_interval_and_both_numbers(self) -> None:
        (bars,) = contribution_bars(contributions(), DE).data
        text = bars.hovertext[1].replace("\u00a0", " ")
        for part in ("Bis zur Vermittlung", "−9,0 Tage", "−10,0 bis −8,0", "n = 100", "n = 900"):
            assert part in text

    def test_a_hidden_part_says_so_and_its_section_has_no_sum(self) -> None:
        figure = contribution_bars(contributions("offer_area.rest"), DE)
        (bars,) = figure.data
        assert [key for (key,) in bars.customdata] == [
            "total", "stage.until_referral", "stage.after_referral", "total",
            "offer_area.language", "offer_area.rest",
        ]  # fmt: skip
        assert texts(figure)[-1] == "geschützt"

    def test_the_axis_holds_every_whisker_and_zero(self) -> None:
        low, high = contribution_bars(contributions(), DE).layout.xaxis.range
        assert low < -10
        assert high > 3


class TestRingMap:
    def test_peers_are_filled_and_the_own_district_is_outlined(self) -> None:
        figure = ring_locator(ring_map(), DE)
        fills = dict(zip(figure.data[0].locations, figure.data[0].z, strict=True))
        assert {key for key, look in fills.items() if look} == {"05774", "05315"}
        assert len(fills) == len(registry().districts)
        assert contrast(theme.STAGES[1], theme.PAPER) >= GRAPHICS_CONTRAST
        widths = [t.line.width for t in drawn(figure, "lines") if t.line.color == theme.OWN]
        assert max(widths) == 3

    def test_own_and_peers_are_named_others_are_not(self) -> None:
        (names,) = drawn(ring_locator(ring_map(), DE), "markers+text")
        assert list(names.text) == ["<b>Lippe</b>", "Köln", "Paderborn"]
        assert list(names.marker.symbol) == ["diamond", "circle", "circle"]

    def test_a_large_ring_is_not_named(self) -> None:
        many = tuple(area.ags for area in registry().districts[:20])
        (names,) = drawn(ring_locator(ring_map(many), DE), "markers+text")
        assert list(names.text) == ["<b>Lippe</b>"]

    def test_pointing_tells_name_role_and_distance(self) -> None:
        areas = ring_locator(ring_map(), DE).data[0]
        hovers = dict(zip(areas.locations, areas.hovertext, strict=True))
        assert hovers["05315"] == "<b>Köln</b><br>Rolle<br>Abstand 1,5 Schritte"
        assert "Abstand" not in hovers["05766"]

    def test_a_district_without_a_ring_is_drawn_alone(self) -> None:
        figure = ring_locator(ring_map(()), DE)
        assert not any(figure.data[0].z)
        assert "Vergleichsring" not in {trace.name for trace in figure.data}


class TestRingGrid:
    def test_cells_write_the_sign_and_shade_by_size_alone(self) -> None:
        (cells,) = ring_grid(ring_differences(), DE).data
        assert [list(line) for line in cells.text] == [["−0,5", "0"], ["−1,5", "0"]]
        assert [list(line) for line in cells.z] == [[0.5, 0], [1.5, 0]]

    def test_distances_stand_beside_the_rows(self) -> None:
        figure = ring_grid(ring_differences(), EN)
        assert texts(figure) == ["<b>0.5</b>", "<b>1.5</b>"]
        assert list(figure.layout.xaxis.ticktext) == [
            "Popu-<br>lation", "Legal<br>form", "Dis-<br>tance"
        ]  # fmt: skip

    def test_long_names_wrap_and_rows_make_room_for_them(self) -> None:
        short, long = ring_grid(ring_differences(1), DE), ring_grid(ring_differences(2), DE)
        assert long.layout.yaxis.ticktext[1] == "Rheinisch-<br>Bergischer<br>Kreis"
        assert long.layout.height - short.layout.height > theme.ROW_HEIGHT

    def test_pointing_tells_both_values_in_words(self) -> None:
        (cells,) = ring_grid(ring_differences(), DE).data
        for part in ("Minden: 310.710", "Kreis Lippe: 347.514", "−0,5 Schritte", "100\u00a0%"):
            assert part in cells.hovertext[0][0]


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (funnel_plot, funnel),
        (control_chart, control),
        (contribution_bars, contributions),
        (ring_grid, ring_differences),
    ],
)
def test_an_empty_table_is_an_empty_picture(
    draw: Callable[..., go.Figure], rows: Callable[[], Exhibit]
) -> None:
    shown = rows()
    nothing = ReleasedTable(shown.table.columns, shown.table.frame.iloc[:0])
    assert not draw(replace(shown, table=nothing), DE).layout.annotations
