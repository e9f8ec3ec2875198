"""Charts for paper: the same bytes each time, text that stays text, nothing that is protected."""

import re
from xml.etree import ElementTree

import district_exhibits as made
import pytest

from analytics.charts import theme
from analytics.charts.print.control import printed_control
from analytics.charts.print.curve import printed_curve
from analytics.charts.print.funnel import printed_funnel
from analytics.charts.print.locator import printed_locator
from analytics.charts.print.paper import printable
from analytics.domain.areas import registry
from analytics.i18n import words

SIZE = {"width": 85.0, "height": 44.0}
W = words("de")
CHARTS = [
    (printed_curve, made.curve()),
    (printed_funnel, made.funnel()),
    (printed_control, made.control()),
]


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [
        "".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")
    ]


@pytest.mark.parametrize(("draw", "exhibit"), CHARTS)
def test_the_same_rows_give_the_same_bytes(draw, exhibit) -> None:
    first = draw(exhibit, W, **SIZE)
    assert first == draw(exhibit, W, **SIZE)
    assert "<dc:date>" not in first


@pytest.mark.parametrize(("draw", "exhibit"), CHARTS)
def test_text_is_text_in_the_packaged_font_only(draw, exhibit) -> None:
    svg = draw(exhibit, W, **SIZE)
    assert texts(svg)
    assert set(re.findall(r"font-family: ([^;\"]+)|font: [^;\"]*px ([^;\"]+)", svg)) == {
        (f"'{theme.PRINT_FONT}'", "")
    }


@pytest.mark.parametrize(("draw", "exhibit"), CHARTS)
def test_only_colours_of_the_theme(draw, exhibit) -> None:
    known = {value.lower() for value in vars(theme).values() if isinstance(value, str)}
    used = set(re.findall(r"#[0-9a-f]{6}", draw(exhibit, W, **SIZE)))
    assert used - {"#000000"} <= known


def test_axes_speak_the_language() -> None:
    assert "75\u00a0%" in texts(printed_curve(made.curve(), W, **SIZE))
    assert "75%" in texts(printed_curve(made.curve(), words("en"), **SIZE))
    german = texts(printed_funnel(made.funnel(), W, **SIZE))
    english = texts(printed_funnel(made.funnel(), words("en"), **SIZE))
    assert "1.000" in german
    assert "1,000" in english


def test_the_control_chart_names_milestones_and_what_it_marks() -> None:
    found = texts(printed_control(made.control(), W, **SIZE))
    assert {"Start KIM-Baustein 2", "auffällig", "vorläufig", "2021", "2023"} <= set(found)


@pytest.mark.parametrize(
    ("draw", "exhibit"),
    [
        (printed_curve, made.curve("suppressed")),
        (printed_control, made.control(shown=False)),
    ],
)
def test_what_may_not_be_shown_is_no_chart(draw, exhibit) -> None:
    assert draw(exhibit, W, **SIZE) == ""


def test_a_funnel_without_the_own_value_shows_the_others() -> None:
    with_own = printed_funnel(made.funnel(), W, **SIZE)
    without = texts(printed_funnel(made.funnel(own=made.NONE), W, **SIZE))
    assert "dieser Kreis" in texts(with_own)
    assert "dieser Kreis" not in without
    assert "übrige Kreise" in without


def test_the_locator_draws_every_district_and_the_own_one_last() -> None:
    paths = list(
        ElementTree.fromstring(printed_locator(made.locator())).iter(
            "{http://www.w3.org/2000/svg}path"
        )
    )
    assert len(paths) == len(registry().districts)
    assert [path.attrib["fill"] for path in paths].index(theme.OWN) == len(paths) - 1


def test_signs_that_the_font_lacks_are_not_printed() -> None:
    assert printable("Öl – „95\u202f%“ ± −3,5 km²") == "Öl – „95\u202f%“ ± −3,5 km²"
    assert printable("Müller 🙂 漢") == "Müller ? ?"
    assert printable("u\u0308") == "ü"
