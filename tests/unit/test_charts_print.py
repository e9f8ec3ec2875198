"""Charts for paper: the same bytes each time, text that stays text, nothing that is protected."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import district_exhibits as made
import pytest

from analytics.charts import theme
from analytics.charts.drawings import chart_spec
from analytics.charts.print.chart import printed_chart
from analytics.charts.print.locator import printed_locator
from analytics.charts.print.paper import printable
from analytics.disclosure import ReleasedTable
from analytics.domain.areas import registry
from analytics.exports.pdf_content import HALF, content
from analytics.i18n import Language, words
from analytics.reports.basis.exhibit import Exhibit

W = words("de")
CHARTS = [("curve", made.curve()), ("funnel", made.funnel()), ("control", made.control())]
SYMBOL = rf'<use [^>]*y="([\d.]+)" style="fill: (?!{theme.OUTLINE.lower()})#\w+; stroke: '
"""Where a symbol stands; ticks are symbols in the colour of outlines."""

SVG = "{http://www.w3.org/2000/svg}"


def draw(drawing: str, exhibit: Exhibit, language: Language = "de") -> str:
    w = words(language)
    return printed_chart(chart_spec(drawing, exhibit, w), w, **HALF)


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("drawing", "exhibit"), CHARTS)
def test_the_same_rows_give_the_same_bytes(drawing: str, exhibit: Exhibit) -> None:
    first = draw(drawing, exhibit)
    assert first == draw(drawing, exhibit)
    assert "<dc:date>" not in first


@pytest.mark.parametrize(("drawing", "exhibit"), CHARTS)
def test_text_is_text_in_the_packaged_font_only(drawing: str, exhibit: Exhibit) -> None:
    svg = draw(drawing, exhibit)
    assert texts(svg)
    assert set(re.findall(r"font-family: ([^;\"]+)|font: [^;\"]*px ([^;\"]+)", svg)) == {
        (f"'{theme.PRINT_FONT}'", "")
    }


@pytest.mark.parametrize(("drawing", "exhibit"), CHARTS)
def test_only_colours_of_the_theme(drawing: str, exhibit: Exhibit) -> None:
    known = {value.lower() for value in vars(theme).values() if isinstance(value, str)}
    used = set(re.findall(r"#[0-9a-f]{6}", draw(drawing, exhibit)))
    assert used - {"#000000"} <= known


def test_each_value_of_the_report_is_drawn_at_its_height_and_no_other() -> None:
    for drawing, exhibit, more in (
        ("funnel", made.funnel(), ()),
        # What stands out or is provisional is marked once more.
        ("control", made.control(), ("signal", "provisional")),
    ):
        frame = exhibit.table.frame
        wanted = [*frame["value"]]
        for mark in more:
            wanted += [*frame.loc[frame[mark].astype(bool), "value"]]
        found = heights(drawing, exhibit, SYMBOL)
        assert sorted(found) == pytest.approx(sorted(wanted), abs=1e-4), drawing


def test_each_curve_is_drawn_with_its_steps_up_to_day_180() -> None:
    steps = [0, 0, 30 / 200, 30 / 200, 90 / 200, 90 / 200, *[179 / 200] * 3]
    for series in ("own", "peers"):
        look = f"stroke: {theme.series_colour(series).lower()}; stroke-width: 1.6"
        path = rf'd="([^"]+)" clip-path="[^"]+" style="fill: none; {look}'
        found = heights("curve", made.curve(), path)
        assert found == pytest.approx(steps, abs=1e-4)


def heights(drawing: str, exhibit: Exhibit, pattern: str) -> list[float]:
    """Return what is read at the axis where the pattern finds symbols or the path of a line."""
    svg = draw(drawing, exhibit)
    axis = chart_spec(drawing, exhibit, W).y
    plot = svg[: svg.index('id="legend_1"')]
    grid = rf'd="M [\d.]+ ([\d.]+) \nL [^"]+" [^>]+stroke: {theme.GRID.lower()}'
    foot, *_, head = map(float, re.findall(grid, plot))
    places = [
        float(place)
        for each in re.findall(pattern, plot)
        for place in (re.findall(r"[ML] [\d.]+ ([\d.]+)", each) or [each])
    ]
    assert axis.low is not None and axis.high is not None
    return [axis.low + (foot - y) / (foot - head) * (axis.high - axis.low) for y in places]


def test_axes_speak_the_language() -> None:
    assert "75\u00a0%" in texts(draw("curve", made.curve()))
    assert "75%" in texts(draw("curve", made.curve(), "en"))
    assert "1.000" in texts(draw("funnel", made.funnel()))
    assert "1,000" in texts(draw("funnel", made.funnel(), "en"))


def test_the_control_chart_names_milestones_and_what_it_marks() -> None:
    found = texts(draw("control", made.control()))
    marked = {"Start KIM-Baustein 2", "auffälliges Quartal", "vorläufig", "2021", "2023"}
    assert marked <= set(found)


def test_the_interval_is_the_area_between_its_ends() -> None:
    exhibit = made.curve()
    frame = exhibit.table.frame.assign(low=lambda f: f["estimate"] * 0.9)
    svg = draw("curve", replace(exhibit, table=ReleasedTable(exhibit.table.columns, frame)))
    assert len(re.findall(r"<use [^>]*fill-opacity: 0.14", svg)) == 2


@pytest.mark.parametrize(
    ("drawing", "exhibit"),
    [("curve", made.curve("suppressed")), ("control", made.control(shown=False))],
)
def test_what_may_not_be_shown_is_no_chart(drawing: str, exhibit: Exhibit) -> None:
    told = content(made.profile(**{drawing: exhibit}), W)[drawing]
    assert told["svg"] == "" and told["reason"] == exhibit.sentence


def test_a_funnel_without_the_own_value_shows_the_others() -> None:
    without = texts(draw("funnel", made.funnel(own=made.NONE)))
    assert registry().district(made.LIPPE).name in texts(draw("funnel", made.funnel()))
    assert registry().district(made.LIPPE).name not in without
    assert "übrige Kreise" in without


def test_the_locator_draws_every_district_and_the_own_one_last() -> None:
    paths = list(ElementTree.fromstring(printed_locator(made.locator())).iter(f"{SVG}path"))
    assert len(paths) == len(registry().districts)
    assert [path.attrib["fill"] for path in paths].index(theme.OWN) == len(paths) - 1


def test_signs_that_the_font_lacks_are_not_printed() -> None:
    assert printable("Öl – „95\u202f%“ ± −3,5 km²") == "Öl – „95\u202f%“ ± −3,5 km²"
    assert printable("Müller 🙂 漢") == "Müller ? ?"
    assert printable("u\u0308") == "ü"
