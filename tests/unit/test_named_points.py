"""The points in time that a finding names: said in words, marked in the picture."""

from dataclasses import replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_exhibits import LABEL, exhibit
from chart_exhibits import trend as course

from analytics.charts import theme
from analytics.charts.specs.courses import trend as spec
from analytics.charts.specs.spec import Marker, Side
from analytics.charts.steps import progress_curves
from analytics.charts.trend import trend
from analytics.disclosure import Column
from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit, Point
from analytics.reports.indicators.extremes import extremes, in_words
from analytics.reports.referrals.referral_trend import _lowest_of_both

DE, EN = words("de"), words("en")
QUARTERS = [date(2020, month, 1) for month in (1, 4, 7, 10)]
HIGH = Point("model", date(2019, 1, 1), "1. Quartal 2019: 54 %", is_high=True)


def quarters(*values: float) -> pd.DataFrame:
    return pd.DataFrame({"series": "", "period": QUARTERS[: len(values)], "value": values})


def rings(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.marker.symbol == "circle-open"]


def test_the_lowest_and_the_highest_quarter_are_named() -> None:
    days = indicator("median_days_to_referral")
    found = extremes(days, quarters(40, 62, 45, 38), DE)
    assert [(p.at, p.text, p.is_high) for p in found] == [
        (date(2020, 10, 1), "4. Quartal 2020: 38\u00a0Tage", False),
        (date(2020, 4, 1), "2. Quartal 2020: 62\u00a0Tage", True),
    ]
    assert in_words(found, DE) == (
        " Niedrigster Wert: 4. Quartal 2020. Höchster Wert: 2. Quartal 2020."
    )
    assert in_words(found, EN) == " Lowest value: Q4 2020. Highest value: Q2 2020."


def test_a_quarter_that_reads_like_another_one_is_not_named() -> None:
    days = indicator("median_days_to_referral")
    assert [p.is_high for p in extremes(days, quarters(4, 6, 4, 5), DE)] == [True]
    assert extremes(days, quarters(4, 4), DE) == ()
    assert in_words((), DE) == ""


@pytest.mark.parametrize(
    ("comparison", "named"), [([0.7, 0.5, 0.6], True), ([0.7, 0.6, 0.5], False)]
)
def test_the_quarter_in_which_both_groups_were_lowest(comparison: list[float], named: bool) -> None:
    wide = pd.DataFrame({"comparison": comparison, "model": [8, 6, 7]}, index=QUARTERS[:3])
    expected = Point("comparison", QUARTERS[1], "2. Quartal 2020: beide am niedrigsten", False)
    assert _lowest_of_both(wide, DE) == (expected if named else None)


def test_a_trend_marks_its_points_and_leaves_room_above() -> None:
    named = replace(course(), points=(HIGH,))
    figure, plain = trend(named, DE), trend(course(), DE)
    (ring,) = rings(figure)
    assert (ring.x, ring.y) == (("2019-01-01",), (0.54,))
    (note,) = [n for n in figure.layout.annotations if n.text == HIGH.text]
    assert (note.x, note.y, note.yanchor) == ("2019-01-01", 0.54, "bottom")
    assert figure.layout.yaxis.range[1] >= plain.layout.yaxis.range[1]
    assert not rings(plain)


def test_steps_mark_their_point_above_all_curves() -> None:
    figure = progress_curves(steps(), DE)
    (ring,) = rings(figure)
    assert (ring.x, ring.y) == (("2021-02-01",), (30,))
    (note,) = figure.layout.annotations
    assert (note.text, note.y, note.yref) == ("Bis Ende Feb.: Hälfte", 1, "y domain")
    assert (
        figure.layout.yaxis.range[1]
        > progress_curves(replace(steps(), points=()), DE).layout.yaxis.range[1]
    )


def steps() -> Exhibit:
    rows = [
        ("started", "Begonnen", date(2021, 1, 1), 10, 54, Status.SHOWN),
        ("started", "Begonnen", date(2021, 2, 1), 30, 54, Status.SHOWN),
        ("started", "Begonnen", date(2021, 9, 1), 54, 54, Status.SHOWN),
    ]
    columns = (LABEL, Column("month", "Monat", "month"), Column("value", "KIM-Einheiten", "number"))
    point = Point("started", date(2021, 2, 1), "Bis Ende Feb.: Hälfte", is_high=False)
    return exhibit("series label month value total status", rows, columns, points=(point,))


def test_a_slide_has_the_words_at_the_point_and_no_pale_symbol() -> None:
    found = [s for s in spec(replace(course(), points=(HIGH,)), DE).series if s.name == HIGH.text]
    (series,) = found
    assert [text for text in series.labels if text] == [HIGH.text]
    assert [value for value in series.y if value is not None] == [pytest.approx(0.54)]
    assert (series.marker, series.side, series.colour) == (Marker.NONE, Side.ABOVE, theme.INK)
    assert not series.in_legend
