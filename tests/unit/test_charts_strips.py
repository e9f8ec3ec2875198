"""The small drawings of table rows: where things stand, what is left out, valid SVG."""

import math
from xml.etree import ElementTree

import pytest

from analytics.charts import theme
from analytics.charts.strips import interval_strip, sparkline

_SVG = "{http://www.w3.org/2000/svg}"


def _strip(**changes: float | None) -> ElementTree.Element:
    values = {"low": 20.0, "value": 30.0, "high": 40.0, "peers_low": 10.0, "peers_high": 50.0}
    found = {**values, "state": 25.0, **changes}
    return ElementTree.fromstring(interval_strip(**found, axis=(0.0, 100.0), width=200, height=20))


def test_values_stand_in_their_order_on_the_axis() -> None:
    strip = _strip()
    dot = float(strip.find(f"{_SVG}circle").attrib["cx"])
    band = strip.find(f"{_SVG}rect").attrib
    _, tick, interval = strip.findall(f"{_SVG}line")
    state = float(tick.attrib["x1"])
    low, high = float(interval.attrib["x1"]), float(interval.attrib["x2"])
    assert float(band["x"]) < low < state < dot < high < float(band["x"]) + float(band["width"])
    assert dot == pytest.approx(5 + 0.3 * 190)


@pytest.mark.parametrize("missing", [None, math.nan])
def test_what_is_not_known_is_not_drawn(missing: float | None) -> None:
    strip = _strip(low=missing, value=missing, peers_high=missing, state=missing)
    assert [child.tag for child in strip] == [f"{_SVG}line"]  # the axis alone


def test_what_lies_beyond_the_axis_ends_inside_the_drawing() -> None:
    interval = _strip(low=-500.0, high=900.0).findall(f"{_SVG}line")[-1]
    assert 0 < float(interval.attrib["x1"]) < float(interval.attrib["x2"]) < 200


def test_a_sparkline_breaks_where_a_quarter_is_not_shown() -> None:
    course = ElementTree.fromstring(sparkline((1.0, 2.0, math.nan, 4.0, 3.0, math.nan)))
    runs = [line.attrib["points"].count(",") for line in course.findall(f"{_SVG}polyline")]
    assert runs == [2, 2]
    last = course.findall(f"{_SVG}circle")[-1]
    assert last.attrib["fill"] == theme.OWN


@pytest.mark.parametrize("values", [(), (math.nan, math.nan)])
def test_a_course_without_values_is_an_empty_drawing(values: tuple[float, ...]) -> None:
    assert len(ElementTree.fromstring(sparkline(values))) == 0


def test_a_constant_course_runs_through_the_middle() -> None:
    course = ElementTree.fromstring(sparkline((5.0, 5.0), height=20))
    points = course.find(f"{_SVG}polyline").attrib["points"].split()
    assert {point.split(",")[1] for point in points} == {"10"}
