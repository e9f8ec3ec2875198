"""Pictures and slides of answers: which there are, and that zero, no data and protected differ."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_exhibits import LABEL, NONE, area, dots, exhibit

from analytics.charts import answer_pictures as pictures
from analytics.charts import theme
from analytics.charts.specs import answers
from analytics.charts.specs.spec import Dash
from analytics.disclosure import Column
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.answer_slides import MOST_COURSES, left_out

DE, EN = words("de"), words("en")
VALUE = Column("value", "Anteil", "share", 1)
POINTS = Column("value", "Unterschied", "points", 1)
SEX = Column("series_label", "Geschlecht")
CELLS = "key label series series_label value low high n status finding gap"


def cells() -> Exhibit:
    """Two rows by three columns; what is protected, zero and without data in the second row."""
    rows = [
        ("a", "Sprache", "f", "Weiblich", 0.8, 0.7, 0.9, 90, "shown", "better", 0.2),
        ("a", "Sprache", "m", "Männlich", 0.4, 0.3, 0.5, 90, "shown", "worse", -0.2),
        ("a", "Sprache", "d", "Divers", 0.5, 0.3, 0.7, 12, "shown", "alike", 0.0),
        ("b", "Wohnen", "f", "Weiblich", 0.0, 0.0, 0.1, 40, "shown", "alike", -0.1),
        ("b", "Wohnen", "m", "Männlich", NONE, NONE, NONE, NONE, "suppressed", "", NONE),
        ("b", "Wohnen", "d", "Divers", NONE, NONE, NONE, 0, "no_data", "", NONE),
    ]
    return exhibit(CELLS, rows, (LABEL, SEX, VALUE))


def differences(*, two_way: bool = False) -> Exhibit:
    rows = [
        ("a", "Sprache", "f", "Weiblich", -0.17, -0.2, -0.14, 90, "shown", "worse", 0.6, 0.77),
        ("b", "Wohnen", "f", "Weiblich", 0.05, -0.01, 0.11, 90, "shown", "alike", 0.5, 0.45),
        ("c", "Familie", "f", "Weiblich", NONE, NONE, NONE, NONE, "suppressed", "", NONE, NONE),
    ]
    names = "key label series series_label value low high n status finding first second"
    shown = exhibit(names, rows, (LABEL, SEX, POINTS))
    if not two_way:
        shown.table.frame[["series", "series_label"]] = ""
    return shown


def courses(count: int) -> Exhibit:
    quarters = pd.date_range("2018-01-01", periods=5, freq="QS")
    rows: list[tuple[Any, ...]] = [
        (
            f"s{series}",
            f"Reihe {series}",
            day,
            0.1 * series + i / 100,
            0.05,
            0.9,
            80,
            "shown",
            i > 3,
        )
        for series in range(count)
        for i, day in enumerate(quarters)
    ]
    rows[1] = ("s0", "Reihe 0", quarters[1], NONE, NONE, NONE, NONE, "suppressed", False)
    names = "series label period value low high n status provisional"
    return exhibit(names, rows, (LABEL, Column("period", "Quartal", "quarter"), VALUE))


def districts() -> Exhibit:
    shown = area()
    shown.table.frame["key"] = shown.table.frame["district"]
    return shown


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        (dots(), ("dots",)),
        (districts(), ("dots", "map", "tiles")),
        (cells(), ("heat", "multiples")),
        (differences(), ("differences",)),
        (differences(two_way=True), ("heat", "multiples")),
        (courses(2), ("lines",)),
        (courses(3), ("courses",)),
    ],
)
def test_the_pictures_follow_from_the_rows(shown: Exhibit, names: tuple[str, ...]) -> None:
    assert pictures.possible(shown.table.frame) == names
    assert pictures.usual(shown.table.frame) == names[0]
    assert isinstance(pictures.answer(shown, DE), go.Figure)


def written(figure: go.Figure) -> list[str]:
    return [text for line in figure.data[0].text for text in line]


def test_a_cell_that_lies_apart_says_so_without_its_colour() -> None:
    high, low, usual = (DE.percent(share, 1) for share in (0.8, 0.4, 0.5))
    assert written(pictures.heat(cells(), DE))[:3] == [f"▲ {high}", f"▼ {low}", usual]


def test_zero_no_data_and_protected_look_different_in_cells() -> None:
    figure = pictures.heat(cells(), DE)
    zero, protected, nothing = written(figure)[3:]
    assert (zero, protected, nothing) == (DE.percent(0, 1), "", "–")
    (crosses,) = [trace for trace in figure.data if trace.name == DE("estimate.suppressed")]
    assert (list(crosses.x), list(crosses.y)) == ([1], [1])
    assert figure.layout.showlegend


def test_without_protected_cells_no_legend_explains_any() -> None:
    shown = cells()
    shown.table.frame["status"] = shown.table.frame["status"].replace("suppressed", "no_data")
    assert not pictures.heat(shown, DE).layout.showlegend


def test_a_median_that_is_not_reached_is_not_called_protected() -> None:
    shown = cells()
    shown.table.frame.loc[4, ["status", "low"]] = ["not_reached", 0.9]
    figure = pictures.heat(shown, DE)
    assert not [trace for trace in figure.data if trace.name == DE("estimate.suppressed")]
    assert written(figure)[4] not in ("", "–")


def test_differences_in_cells_name_their_unit_once() -> None:
    figure = pictures.heat(differences(two_way=True), EN)
    assert written(figure)[:2] == ["▼ −17.0", "+5.0"]
    assert [note.text for note in figure.layout.annotations] == [EN("evaluation.axis_points")]


def test_what_is_shown_in_a_cell_can_be_clicked() -> None:
    keys = [key for trace in pictures.heat(cells(), DE).data for key in trace.customdata or ()]
    assert [key for (key,) in keys] == ["a\tf", "a\tm", "a\td", "b\tf"]
    many = [key for trace in pictures.multiples(cells(), DE).data for key in trace.customdata]
    assert sorted(key for (key,) in many) == sorted(
        f"{row}\t{column}" for row in "ab" for column in "fmd"
    )


def test_many_columns_are_moved_sideways_and_few_are_not() -> None:
    assert pictures.is_wide(cells().table.frame) == 0
    wide = pd.concat([cells().table.frame.assign(series=str(n), status="shown") for n in range(5)])
    assert pictures.is_wide(wide) == 5
    assert pictures.is_wide(dots().table.frame) == 0


def test_people_are_in_the_order_of_their_values_and_districts_are_not() -> None:
    shown = dots()
    assert list(pictures.dots(shown, DE).layout.yaxis.ticktext)[:2] == [
        "Nordrhein-Westfalen",
        "Köln",
    ]
    shown.table.frame["section"] = ""
    assert list(pictures.dots(shown, DE).layout.yaxis.ticktext)[:2] == [
        "Leverkusen", "Nordrhein-Westfalen",
    ]  # fmt: skip


def test_more_courses_than_two_have_a_panel_each_on_the_same_axes() -> None:
    figure = pictures.answer(courses(3), DE)
    assert [note.text for note in figure.layout.annotations] == [
        f"<b>Reihe {number}</b>" for number in range(3)
    ]
    ranges = {tuple(figure.layout[f"yaxis{suffix}"].range) for suffix in ("", "2", "3")}
    assert len(ranges) == 1
    own = [trace for trace in figure.data if trace.xaxis == "x2" and trace.hovertext]
    assert [list(trace.y) for trace in own] == [pytest.approx([0.1 + i / 100 for i in range(5)])]
    assert {t.line.color for t in figure.data if t.xaxis == "x2" and t.mode == "lines"} >= {
        theme.PALE, theme.INK,
    }  # fmt: skip


def test_of_very_many_courses_none_stands_behind_another() -> None:
    figure = pictures.answer(courses(13), DE)
    assert theme.PALE not in {trace.line.color for trace in figure.data}


def test_a_slide_of_cells_names_row_and_column() -> None:
    spec = answers.answer(cells(), DE)
    texts = [text for series in spec.series for text in series.labels or ()]
    assert any("Sprache, Weiblich" in text for text in texts)
    assert any("Wohnen, Männlich" in text for text in texts)


def test_a_slide_shows_the_rows_that_lie_furthest_apart() -> None:
    rows = [
        (str(n), f"Zeile {n}", "", 0.5, 0.4, 0.6, 90, "shown", "alike", n / 100) for n in range(30)
    ]
    names = "key label section value low high n status finding gap"
    spec = answers.answer(exhibit(names, rows, (LABEL, VALUE)), DE)
    texts = " ".join(text for series in spec.series for text in series.labels or ())
    assert "Zeile 29" in texts and "Zeile 11" not in texts


def test_courses_on_a_slide_differ_in_more_than_their_names() -> None:
    spec = answers.answer(courses(6), DE)
    looks = {s.name: (s.colour, s.dash) for s in spec.series if s.name.startswith("Reihe")}
    assert len(set(looks.values())) == 6
    two = answers.answer(courses(2), DE)
    assert {s.dash for s in two.series if s.name.startswith("Reihe")} == {Dash.SOLID}


def test_a_slide_of_very_many_courses_shows_few_and_says_so() -> None:
    shown = courses(12)
    spec = answers.answer(shown, DE)
    assert len([s for s in spec.series if s.name.startswith("Reihe")]) == MOST_COURSES
    assert left_out(shown.table.frame) == (MOST_COURSES, 12)
    assert left_out(courses(8).table.frame) is None
    assert left_out(cells().table.frame) is None
