"""Figures draw what their tables say, and nothing that is hidden."""

from dataclasses import replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_exhibits import LABEL, NONE, SOURCE, curve, dots, exhibit, mixed, trend

from analytics.charts import theme
from analytics.charts.axes import day_ticks, nice_ticks, time_axis, value_axis
from analytics.charts.bar_looks import ARROW
from analytics.charts.bars import bars
from analytics.charts.curves import referral_curve
from analytics.charts.dots import dot_plot
from analytics.charts.figures import stages
from analytics.charts.label_places import place_labels
from analytics.charts.panels import curve_panels
from analytics.charts.ranges import course_waits
from analytics.charts.rows import arrange
from analytics.charts.steps import progress_curves
from analytics.charts.timeline import programme_timeline, unit_timelines
from analytics.charts.trend import Phase
from analytics.charts.trend import trend as trend_figure
from analytics.charts.values import estimate_texts
from analytics.disclosure import Column
from analytics.domain.vocabulary import Provenance
from analytics.i18n import words
from analytics.reports.basis.formatting import Format
from analytics.reports.programme import programme_facts

DE, EN = words("de"), words("en")


def annotations(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_curve_draws_the_shown_rows_as_steps() -> None:
    figure = referral_curve(curve(), DE)
    lines = [t for t in figure.data if t.name in ("Modellkommunen", "Übrige")]
    assert [list(t.x) for t in lines] == [[0, 30, 120], [0, 45, 200]]
    assert [list(t.y) for t in lines] == [[0, 0.4, 0.7], [0, 0.3, 0.6]]
    assert {t.line.shape for t in lines} == {"hv"}
    assert [t.line.color for t in lines] == [theme.MODEL, theme.COMPARISON]


def test_curve_has_bands_guides_and_names() -> None:
    figure = referral_curve(curve(), DE)
    highs = [list(t.y) for t in figure.data if t.name == "high"]
    assert highs == [[0, 0.5, 0.8], [0, 0.32, 0.63]]
    assert [shape.x0 for shape in figure.layout.shapes] == [30, 90]
    assert "<b>Modellkommunen</b>" in annotations(figure)
    assert "30 Tage" in annotations(figure)
    assert list(figure.layout.yaxis.ticktext)[-1] == "100\u00a0%"


@pytest.mark.parametrize(("end", "is_beyond"), [(330, True), (120, False)])
def test_no_guide_runs_through_a_name_where_there_is_room_beside_it(
    end: int, is_beyond: bool
) -> None:
    def rows(series: str, label: str, least: float) -> list[tuple[object, ...]]:
        shares = {0: 0.0, 20: 0.3, 40: 0.5, 90: 0.6, end: 0.7}
        return [
            (series, label, day, share + least, share + least, share + least, 50, "shown")
            for day, share in shares.items()
        ]

    names = "series label days estimate low high at_risk status"
    columns = (LABEL, Column("days", "Tage"), Column("estimate", "Anteil", "share", 1))
    both = rows("model", "Oben", 0.2) + rows("comparison", "Unten", 0.0)
    figure = referral_curve(exhibit(names, both, columns), DE)
    (name,) = [note for note in figure.layout.annotations if note.text == "<b>Unten</b>"]
    assert name.xanchor == "left"
    assert (name.x >= max(shape.x0 for shape in figure.layout.shapes)) is is_beyond


def test_a_curve_that_stops_early_says_so_where_it_ends() -> None:
    figure = referral_curve(curve(), DE)
    (mark,) = [t for t in figure.data if t.mode == "markers"]
    assert (mark.x, mark.y, mark.marker.line.color) == ((120,), (0.7,), theme.MODEL)
    (words,) = [a for a in figure.layout.annotations if a.text == "endet: zu wenige"]
    # The highest curve has nothing above its end; the other one goes on to the axis' end.
    assert (words.x, words.y, words.yanchor) == (120, 0.8, "bottom")


def test_panels_say_which_curve_stops_early() -> None:
    figure = curve_panels(curve(), EN)
    assert [t.xaxis for t in figure.data if t.mode == "markers"] == ["x"]
    (words,) = [a for a in figure.layout.annotations if a.text == "ends: too few"]
    assert (words.xref, words.yref, words.y, words.xanchor) == ("x", "y", 0.7, "right")


def test_hover_carries_value_interval_and_number() -> None:
    line = next(t for t in referral_curve(curve(), DE).data if t.name == "Modellkommunen")
    text = line.hovertext[1]
    for part in ("Modellkommunen", "Tag 30", "40,0\u00a0%", "30,0\u00a0%", "50,0\u00a0%", "60"):
        assert part in text


def test_panels_show_one_series_each_over_the_others() -> None:
    figure = curve_panels(curve(), EN)
    assert annotations(figure)[:2] == ["<b>Modellkommunen</b>", "<b>Übrige</b>"]
    drawn = [t for t in figure.data if t.hovertext is not None]
    assert [(t.xaxis, list(t.y)) for t in drawn] == [("x", [0, 0.4, 0.7]), ("x2", [0, 0.3, 0.6])]
    ghosts = [t for t in figure.data if t.line.color == theme.PALE]
    assert [t.xaxis for t in ghosts] == ["x", "x2"]


def test_dots_draw_values_with_intervals() -> None:
    figure = dot_plot(dots(), DE, reference="state", highlight=("05315",))
    marks = {t.customdata[0][0]: t for t in figure.data}
    cologne = marks["05315"]
    assert list(cologne.x) == [0.6]
    assert cologne.error_x.array[0] == pytest.approx(0.1)
    assert cologne.marker.color == theme.MODEL
    assert marks["05316"].x[0] == 0  # zero is a value
    assert "state" not in marks


def test_dots_say_why_there_is_no_figure() -> None:
    figure = dot_plot(dots(), DE, reference="state")
    hidden = next(t for t in figure.data if t.mode == "markers+text")
    assert [text.strip() for text in hidden.text] == ["geschützt", "keine Daten"]
    assert len(set(hidden.marker.symbol)) == 2
    assert hidden.error_x.array is None


def test_dots_have_a_reference_line() -> None:
    figure = dot_plot(dots(), DE, reference="state")
    assert figure.layout.shapes[0].x0 == 0.5
    assert any("Nordrhein-Westfalen: 50,0" in text for text in annotations(figure))


def test_dots_grow_with_rows_and_head_their_sections() -> None:
    figure = dot_plot(dots(), DE, reference="state")
    assert "<b>Münster</b>" in figure.layout.yaxis.ticktext
    assert figure.layout.width is None
    one = exhibit(
        "key label section value low high n status",
        [("a", "A", "", 1.0, 0.5, 2.0, 10, "shown")],
        (LABEL, Column("value", "Wert", "number")),
    )
    assert dot_plot(one, DE).layout.height < figure.layout.height


def test_measures_of_different_units_get_axes_of_their_own() -> None:
    figure = dot_plot(mixed(), DE)
    assert figure.layout.xaxis.title.text == "Tage"
    assert figure.layout.xaxis2.ticktext[0].endswith("%")


def test_trend_breaks_at_hidden_quarters_and_marks_them() -> None:
    figure = trend_figure(trend(), DE)
    points = next(t for t in figure.data if t.mode == "markers" and t.name is None)
    assert pd.isna(points.y[1])
    marks = next(t for t in figure.data if t.name == "geschützt")
    assert list(pd.to_datetime(marks.x)) == [pd.Timestamp("2018-04-01")]


def test_a_protected_quarter_is_marked_below_the_axis_in_a_row_of_its_own() -> None:
    figure = trend_figure(trend(), DE)
    marks = next(t for t in figure.data if t.name == "geschützt")
    axis = figure.layout.yaxis
    names = dict(zip(axis.ticktext, axis.tickvals, strict=True))
    assert axis.range[0] < marks.y[0] < names["0\u00a0%"]
    assert names["geschützt"] == marks.y[0]


def test_trend_draws_the_provisional_part_dashed_and_hollow() -> None:
    figure = trend_figure(trend(), DE)
    dashed = next(t for t in figure.data if t.line.dash == theme.PROVISIONAL_DASH)
    assert [i for i, y in enumerate(dashed.y) if not pd.isna(y)] == [3, 4, 5]
    points = next(t for t in figure.data if t.mode == "markers" and t.name is None)
    assert list(points.marker.color) == [theme.MODEL] * 4 + [theme.PAPER] * 2
    assert "vorläufig" in annotations(figure)


def test_trend_shades_phases_within_its_span() -> None:
    phases = (
        Phase("Modell", date(2017, 1, 1), date(2018, 7, 1)),
        Phase("KIM", date(2025, 1, 1), None),
    )
    figure = trend_figure(trend(), DE, phases=phases)
    shaded = [s for s in figure.layout.shapes if s.type == "rect"]
    assert [(s.x0, s.x1) for s in shaded] == [("2018-01-01", "2018-07-01")]
    assert "Modell" in annotations(figure)
    assert "KIM" not in annotations(figure)


def test_lines_are_named_at_their_ends_and_a_line_that_ends_early_in_the_legend() -> None:
    periods = [date(2018, month, 1) for month in (1, 4, 7, 10)]
    columns = (LABEL, Column("period", "Quartal", "quarter"), Column("value", "Anteil", "share"))
    names = "series label period value low high n status provisional"

    def drawn(own: list[float]) -> go.Figure:
        rows = [
            (key, label, day, value, value, value, 9.0, "shown", False)
            for key, label, values in (("own", "Köln", own), ("others", "Übrige", [0.5] * 4))
            for day, value in zip(periods, values, strict=True)
        ]
        return trend_figure(exhibit(names, rows, columns), DE)

    whole, early = drawn([0.7] * 4), drawn([0.7, 0.7, NONE, NONE])
    assert whole.layout.showlegend is not True
    assert any("Köln" in text for text in annotations(whole))
    assert early.layout.showlegend is True
    assert not any("Köln" in text for text in annotations(early))
    assert not whole.layout.shapes


def test_a_name_far_from_the_end_of_its_line_hangs_on_a_thread() -> None:
    columns = (LABEL, Column("period", "Quartal", "quarter"), Column("value", "Anteil", "share"))
    names = "series label period value low high n status provisional"
    rows = [
        (key, key, date(2018, month, 1), value, value, value, 9.0, "shown", False)
        for key, values in (("funded", [0.5, 0.8, 0.9, 0.9]), ("filled", [0.1, 0.2, 0.3, 0.8]))
        for month, value in zip((1, 4, 7, 10), values, strict=True)
    ]
    figure = trend_figure(exhibit(names, rows, columns), DE)
    (thread,) = figure.layout.shapes
    assert (thread.y0, thread.y1) == (0.3, 0.8)  # below all of the line that a name may be under
    assert pd.Timestamp(thread.x0) == pd.Timestamp(thread.x1) == pd.Timestamp("2018-10-01")


def test_stages_stand_side_by_side_and_say_what_is_protected() -> None:
    rows = [
        ("model", "Modell", "need", "Bedarf", 9.0, 8.0, 10.0, 50, "shown"),
        ("comparison", "Übrige", "need", "Bedarf", 12.0, 8.0, 14.0, 50, "shown"),
        ("model", "Modell", "start", "Beginn", NONE, NONE, NONE, NONE, "suppressed"),
        ("comparison", "Übrige", "start", "Beginn", 30.0, 28.0, 33.0, 50, "shown"),
    ]
    columns = (LABEL, Column("value", "Median", "days"))
    figure = stages(
        exhibit("series label stage stage_label value low high n status", rows, columns), DE
    )
    drawn = {tuple(t.x) for t in figure.data if not t.text}
    assert drawn == {(9.0,), (12.0, 30.0)}, "a median is a dot of its own, none begins at another"
    assert [t.text[0].strip() for t in figure.data if t.text] == ["geschützt"]
    assert figure.layout.yaxis.ticktext[-2:] == ("<b>Bedarf</b>", "<b>Beginn</b>")


def test_progress_reaches_towards_all_units() -> None:
    months = pd.date_range("2020-09-01", periods=3, freq="MS")
    rows = [
        ("started", "Begonnen", m, v, 54, "shown") for m, v in zip(months, (0, 20, 53), strict=True)
    ]
    columns = (LABEL, Column("value", "Einheiten"))
    figure = progress_curves(exhibit("series label month value total status", rows, columns), DE)
    assert list(figure.data[0].y) == [0, 20, 53]
    assert figure.data[0].name == "Begonnen: 53"
    assert figure.layout.yaxis.tickvals[-1] == 54
    assert "53 von 54" in figure.data[0].hovertext[2]


def test_bars_say_what_kind_of_figure_they_are() -> None:
    rows = [("2021", "2021", "published", "Land", 50e6, "shown", True, "Geplant: 50 Mio. €")]
    columns = (LABEL, Column("value", "Betrag", "money"))
    names = "key label series series_label value status is_planned above_bar"
    given = exhibit(names, rows, columns)
    figure = bars(given, DE)
    assert annotations(figure) == ["Geplant: 50 Mio. €"]
    assert figure.data[0].text is None
    wide = bars(given, DE, is_wide=True)
    assert annotations(wide) == []
    assert list(wide.data[0].text) == ["50\u00a0Mio.\u00a0€ (geplant)"]
    assert wide.layout.xaxis.range[1] > 1.5 * 50e6


def test_what_is_planned_is_an_outline_and_what_is_more_leads_on() -> None:
    names = "key label series series_label value status is_planned qualifier above_bar"
    rows = [
        ("2021", "2021", "published", "Land", 50e6, "shown", True, "exact", "50"),
        ("2025", "2025", "published", "Land", 65e6, "shown", False, "over", "über 65"),
        ("2025", "2025", "granted", "Demo", 40e6, "shown", False, "exact", "40"),
    ]
    given = exhibit(names, rows, (LABEL, Column("value", "Betrag", "money")))
    figure = bars(given, DE)
    published, granted = figure.data
    assert list(published.marker.color) == [theme.PAPER, theme.PUBLISHED]
    assert set(published.marker.pattern.shape) == {""}
    assert set(granted.marker.pattern.shape) == {"/"}
    arrows = [each for each in figure.layout.annotations if each.text == ARROW]
    assert [each.x for each in arrows] == [65e6]
    assert bars(given, DE, is_wide=True).data[0].text[1].startswith(f"{ARROW} über 65")


def test_published_bars_look_different() -> None:
    rows = [
        ("2020", "2020", "published", "Haushalt", 25e6, "shown"),
        ("2020", "2020", "synthetic", "Demo", 18.2e6, "shown"),
        ("2021", "2021", "synthetic", "Demo", 0.0, "shown"),
    ]
    columns = (LABEL, Column("value", "Betrag", "money"))
    figure = bars(exhibit("key label series series_label value status", rows, columns), DE)
    published, synthetic = figure.data
    assert set(published.marker.color) == {theme.PUBLISHED}
    assert theme.PUBLISHED not in synthetic.marker.color
    assert set(published.marker.pattern.shape) == {""}
    assert set(synthetic.marker.pattern.shape) == {"/"}
    assert list(published.text) == ["25\u00a0Mio.\u00a0€"]
    assert list(synthetic.text) == ["18,2\u00a0Mio.\u00a0€", "0\u00a0€"]


def test_bars_without_series_are_of_the_exhibits_provenance() -> None:
    source = replace(SOURCE, provenance=Provenance.PUBLISHED)
    rows = [("a", "Köln", 17.0), ("b", "Münster", 7.0)]
    columns = (LABEL, Column("value", "Stellen", "number", 1))
    figure = bars(exhibit("key label value", rows, columns, source), DE)
    assert [set(t.marker.color) for t in figure.data] == [{theme.PUBLISHED}]
    assert list(figure.data[0].x) == [17.0, 7.0]


def test_programme_timeline_marks_days_and_spans() -> None:
    rows = [
        ("kim", "Richtlinie", pd.Timestamp("2020-11-25"), pd.NaT, "law", "MBl."),
        ("kim", "Aufbau", pd.Timestamp("2020-07-01"), pd.Timestamp("2023-06-30"), "phase", "Rat"),
    ]
    figure = programme_timeline(exhibit("lane label start end kind source", rows, (LABEL,)), DE)
    day, span = figure.data
    assert (day.mode, span.mode) == ("markers", "lines")
    assert len(span.x) == 2
    assert day.marker.color == theme.KIM
    assert any("25.11.2020: Richtlinie" in text for text in annotations(figure))
    assert "MBl." in day.hovertext[0]


def test_unit_timelines_keep_units_that_have_not_begun() -> None:
    start, end = pd.Timestamp("2021-02-01"), pd.Timestamp("2023-12-31")
    rows = [
        ("05315", "Köln", "Köln", start, end, "started", "Begonnen", "shown"),
        ("05316", "Leverkusen", "Köln", pd.NaT, pd.NaT, "not_begun", "offen", "not_reached"),
    ]
    names = "lane label section start end kind kind_label status"
    figure = unit_timelines(exhibit(names, rows, (LABEL,)), DE)
    spans, waiting = figure.data
    assert list(spans.x) == [start, end, None]
    assert list(waiting.text) == ["<i>offen</i>"]
    assert {"Köln", "Leverkusen", "<b>Köln</b>"} <= set(figure.layout.yaxis.ticktext)


def test_estimate_texts_tell_zero_from_hidden() -> None:
    assert estimate_texts(mixed().table, DE) == [
        "12,5\u00a0Tage",
        "über 240\u00a0Tage",
        "25,0\u00a0%",
        "geschützt",
        "keine Daten",
        "0,0\u00a0%",
    ]


def test_ticks_are_round_and_in_the_readers_language() -> None:
    assert nice_ticks(0, 0.83, 4) == [0, 0.25, 0.5, 0.75, 1.0]
    assert value_axis([0.0, 1500.0], Format("number"), DE)["ticktext"][-1] == "1.500"
    assert value_axis([0.0, 1500.0], Format("number"), EN)["ticktext"][-1] == "1,500"
    assert day_ticks(365, 6) == [0, 60, 120, 180, 240, 300, 360]


def test_time_axis_names_months_only_on_short_spans() -> None:
    long = time_axis(date(2015, 1, 1), date(2023, 12, 31), DE)
    assert long["ticktext"] == ["2015", "2017", "2019", "2021", "2023"]
    short = time_axis(date(2019, 1, 1), date(2019, 12, 31), DE)
    assert short["ticktext"] == [DE.month(date(2019, m, 1)) for m in (1, 4, 7, 10)]


def test_rows_wrap_labels_and_escape_markup() -> None:
    rows = arrange(["Kommunales Integrationszentrum", "<b>x"], ["", ""])
    assert rows.labels == ("Kommunales<br>Integrationszentrum", "&lt;b&gt;x")
    line = 17 / theme.ROW_HEIGHT
    assert rows.places == (line / 2, 1 + line), "a row is as high as its label"


def test_names_avoid_each_other() -> None:
    positions = place_labels([(7.0, 51.0), (7.02, 51.0)], ["Dormagen", "Köln"])
    assert positions[0] != positions[1]


def test_published_ranges_are_drawn_as_published() -> None:
    published = programme_facts.course_waits(DE)
    figure = course_waits(published, DE)
    drawn = [value for value in figure.data[0].x if value is not None]
    frame = published.table.frame
    assert sorted(drawn) == sorted([*frame["days_low"], *frame["days_high"]])
    assert any("8 bis 14 Wochen" in text for text in figure.data[0].hovertext)
