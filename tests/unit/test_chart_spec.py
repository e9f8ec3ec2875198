"""A chart's description means the same in PowerPoint and on paper, or it is refused."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from lxml import etree

from analytics.charts import theme
from analytics.charts.bar_looks import ARROW
from analytics.charts.print.chart import printed_chart
from analytics.charts.specs.spec import (
    BESIDE,
    TYPE,
    Axis,
    ChartKind,
    ChartSpec,
    Dash,
    Marker,
    Numbers,
    Series,
    Side,
    Writing,
)
from analytics.exports.pptx.boxes import FIGURE
from analytics.exports.pptx.chart_xml import chart_xml
from analytics.i18n import words

DE = words("de")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
COLOURS = (theme.MODEL, theme.COMPARISON, theme.KIM)
Y: Numbers = (1.0, 3.0, 2.0)
AXIS = Axis(0.0, 4.0, 1.0)
KINDS = get_args(ChartKind)


def drawn(kind: ChartKind, *series: Series, **more: Any) -> ChartSpec:
    """Return a chart of the kind, with as many places as the series have values."""
    count = len(series[0].y)
    places: Mapping[str, Any] = {
        "scatter": {},
        "lines": {"days": tuple(date(2020 + i, 1, 1) for i in range(count))},
        "bars": {"categories": tuple("ABCDE"[:count])},
    }[kind]
    if kind == "scatter":
        series = tuple(replace(s, x=s.x or tuple(map(float, range(count)))) for s in series)
    x = Axis(-1.0, 4.0, 1.0) if kind == "scatter" else Axis()
    return ChartSpec(kind, series, **{"x": x, "y": AXIS, **places, **more})


def slide(spec: ChartSpec) -> etree._Element:
    return etree.fromstring(chart_xml(spec, DE, 4.45))


def paper(spec: ChartSpec) -> etree._Element:
    svg = printed_chart(spec, DE, width=200, height=120, points=BESIDE)
    return etree.fromstring(svg.encode())


def own_texts(root: etree._Element) -> list[str]:
    """Return the texts at points of a native chart, in order."""
    return ["".join(t.text for t in label.iter(f"{A}t")) for label in root.iter(f"{C}dLbl")]


def printed(root: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def marks(root: etree._Element, colour: str) -> int:
    """Return how many symbols paper draws in a colour."""
    return sum(colour.lower() in (use.get("style") or "") for use in root.iter(f"{SVG}use"))


def strokes(root: etree._Element, colour: str) -> list[str]:
    paths = (path.get("style") or "" for path in root.iter(f"{SVG}path"))
    return [style for style in paths if f"stroke: {colour.lower()}" in style]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", list(Side))
def test_texts_of_every_series_are_drawn_at_every_side(kind: ChartKind, side: Side) -> None:
    series = [
        Series(f"s{n}", Y, colour=colour, labels=(f"eins{n}", "", f"drei{n}"), side=side)
        for n, colour in enumerate(COLOURS)
    ]
    if kind == "bars" and side not in (Side.RIGHT, Side.CENTRE):
        with pytest.raises(ValueError, match="no room above bars"):
            drawn(kind, *series)
        return
    spec = drawn(kind, *series)
    wanted = [text for each in series for text in each.labels if text]
    native = slide(spec)
    assert own_texts(native) == wanted
    expected = "outEnd" if kind == "bars" and side is Side.RIGHT else side.value
    assert {p.get("val") for p in native.iter(f"{C}dLblPos")} == {expected}
    assert [text for text in printed(paper(spec)) if text in wanted] == wanted


@pytest.mark.parametrize("kind", ["scatter", "lines"])
@pytest.mark.parametrize("marker", list(Marker))
@pytest.mark.parametrize("is_open", [True, False])
def test_every_symbol_is_drawn_at_every_point(
    kind: ChartKind, marker: Marker, *, is_open: bool
) -> None:
    y = (1.0, None, 2.0, 3.0)
    one = Series("s", y, colour=COLOURS[0], marker=marker, is_open=is_open, in_legend=False)
    spec = drawn(kind, one)
    (symbol,) = slide(spec).iter(f"{C}symbol")
    assert symbol.get("val") == marker.value
    assert marks(paper(spec), COLOURS[0]) == (0 if marker is Marker.NONE else 3)


@pytest.mark.parametrize("kind", ["scatter", "lines"])
@pytest.mark.parametrize("dash", list(Dash))
def test_every_dash_is_drawn(kind: ChartKind, dash: Dash) -> None:
    spec = drawn(kind, Series("s", Y, colour=COLOURS[0], line=2, dash=dash, in_legend=False))
    ours = next(slide(spec).iter(f"{C}ser")).find(f"{C}spPr")
    assert ours is not None
    assert next(ours.iter(f"{A}prstDash")).get("val") == dash.value
    (style,) = strokes(paper(spec), COLOURS[0])
    assert ("dasharray" in style) == (dash is not Dash.SOLID)


@pytest.mark.parametrize("kind", KINDS)
def test_gaps_are_gaps(kind: ChartKind) -> None:
    y = (1.0, None, 2.0, None, 3.0)
    one = Series("s", y, colour=COLOURS[0], marker=Marker.CIRCLE, line=1, in_legend=False)
    spec = drawn(kind, one)
    native = slide(spec)
    values = native.find(f".//{C}yVal") if kind == "scatter" else native.find(f".//{C}val")
    assert values is not None
    assert [p.get("idx") for p in values.iter(f"{C}pt")] == ["0", "2", "4"]
    if kind == "bars":
        svg = etree.tostring(paper(spec)).decode()
        assert len(re.findall(f"fill: {COLOURS[0].lower()}", svg)) == 3
    else:
        assert marks(paper(spec), COLOURS[0]) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_intervals_are_drawn_where_both_ends_are_known(kind: ChartKind) -> None:
    one = Series("s", Y, low=(0.5, None, 1.5), high=(2.0, 4.0, 2.5), colour=COLOURS[0], error=1.5)
    spec = drawn(kind, replace(one, in_legend=False))
    native = slide(spec)
    plus, minus = (next(native.iter(f"{C}{name}")) for name in ("plus", "minus"))
    ends = [{p.get("idx") for p in side.iter(f"{C}pt")} for side in (plus, minus)]
    assert ends[0] & ends[1] == {"0", "2"}
    assert len([s for s in strokes(paper(spec), COLOURS[0]) if "stroke-width: 1.5" in s]) == 2


@pytest.mark.parametrize("kind", ["scatter", "lines"])
def test_a_shade_repeats_on_paper_what_lines_say(kind: ChartKind) -> None:
    lower = Series("l", (0.5, 1.0, None, 1.0, 1.5), colour=COLOURS[1], line=1)
    upper = Series("u", (1.0, 2.0, None, 2.0, 2.5), colour=COLOURS[0], line=1)
    plain, shaded = (drawn(kind, lower, replace(upper, shade=s)) for s in (None, lower.y))
    assert etree.tostring(slide(plain)) == etree.tostring(slide(shaded))
    found = [each.get("style", "") for each in paper(shaded).iter(f"{SVG}path")]
    fills = [style for style in found if "fill-opacity" in style]
    assert len(fills) == 2 and all(COLOURS[0].lower() in style for style in fills)
    assert b"opacity" not in etree.tostring(paper(plain))
    with pytest.raises(ValueError, match="bars"):
        drawn("bars", replace(upper, shade=lower.y))


def test_sizes_shrink_with_the_type() -> None:
    one = Series("s", Y, colour=COLOURS[0], line=3, marker=Marker.CIRCLE, in_legend=False)
    spec = drawn("lines", replace(one, low=(0.0, 2.0, 1.0), high=(2.0, 4.0, 3.0), error=4))
    svg = printed_chart(spec, DE, width=100, height=60, points=BESIDE / 2)
    found = strokes(etree.fromstring(svg.encode()), COLOURS[0])
    widths = {width for style in found for width in re.findall(r"stroke-width: ([\d.]+)", style)}
    assert {"1.5", "2"} <= widths


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("writing", [w for w in get_args(Writing) if w != "year"])
def test_values_are_written_at_each_point(kind: ChartKind, writing: Writing) -> None:
    y = (0.25, 0.5, 0.75) if writing.startswith("share") else (11.0, 13.0, 12.0)
    one = Series("s", y, value_labels=writing, in_legend=False)
    spec = drawn(kind, one, y=Axis(0.0, 1.5 * max(y), 0.5 * max(y), is_hidden=True))
    native = slide(spec)
    (labels,) = native.iter(f"{C}dLbls")
    assert labels.find(f"{C}showVal").get("val") == "1"
    expected = "outEnd" if kind == "bars" else "t"
    assert labels.find(f"{C}dLblPos").get("val") == expected
    start = {"share": "25", "share_1": "25,0"}.get(writing, "11")
    assert sum(start in text for text in printed(paper(spec))) == 1


def test_one_series_names_the_rows_and_the_others_keep_their_texts() -> None:
    rows = Series("r", Y, x=(0.0,) * 3, labels=("Zeile A", "Zeile B", "Zeile C"), side=Side.LEFT)
    named = replace(rows, names_rows=True, in_legend=False)
    first = Series("s", Y, x=(1.0, 2.0, 3.0), labels=("p", "q", ""), in_legend=False)
    for series in ((first, named), (named, first)):
        spec = drawn("scatter", *series, label_share=0.4, y=replace(AXIS, is_hidden=True))
        wanted = {"Zeile A", "Zeile B", "Zeile C", "p", "q"}
        native = slide(spec)
        assert set(own_texts(native)) == wanted
        assert etree.tostring(native).count(b"c15:layout>") == 6  # opened and closed, of rows only
        assert wanted <= set(printed(paper(spec)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_legend_names_those_that_it_should(kind: ChartKind) -> None:
    shown, hidden = Series("gezeigt", Y), Series("verborgen", Y, in_legend=False)
    spec = drawn(kind, shown, hidden)
    (entry,) = slide(spec).iter(f"{C}legendEntry")
    assert entry.find(f"{C}idx").get("val") == "1"
    assert "gezeigt" in printed(paper(spec)) and "verborgen" not in printed(paper(spec))
    without = replace(spec, legend=False)
    assert not list(slide(without).iter(f"{C}legend"))
    assert "gezeigt" not in printed(paper(without))


@pytest.mark.parametrize("kind", KINDS)
def test_titles_are_written(kind: ChartKind) -> None:
    base = drawn(kind, Series("s", Y))
    spec = replace(base, x=replace(base.x, title="Quer"), y=replace(base.y, title="Hoch"))
    titles = ["".join(t.itertext()) for t in slide(spec).iter(f"{C}title")]
    assert titles == ["Quer", "Hoch"]
    assert {"Quer", "Hoch"} <= set(printed(paper(spec)))


def test_an_axis_stands_where_it_crosses_the_other_one() -> None:
    spec = drawn("scatter", Series("s", Y), y=Axis(-4.0, 4.0, 1.0, crosses=0.0))
    assert [c.get("val") for c in slide(spec).iter(f"{C}crossesAt")] == ["0.0"]
    below = replace(spec, y=replace(spec.y, crosses=None))
    assert not list(slide(below).iter(f"{C}crossesAt"))
    assert etree.tostring(paper(spec)) != etree.tostring(paper(below))


def test_what_is_made_up_planned_or_more_than_that_is_drawn_and_nothing_else_hatched() -> None:
    firm = Series("amtlich", Y, colour=COLOURS[0], labels=("a", "b", "c"))
    looks = replace(firm, planned=(False, True, False), beyond=(False, False, True))
    made_up = Series("erfunden", Y, colour=COLOURS[2], is_made_up=True)
    native = slide(drawn("bars", looks, made_up))
    series = list(native.iter(f"{C}ser"))
    fills = [each.find(f"{C}spPr")[0].tag for each in series]
    assert fills == [f"{A}solidFill", f"{A}pattFill"]
    (planned,) = series[0].iter(f"{C}dPt")
    assert planned.find(f"{C}idx").get("val") == "1"
    assert next(planned.iter(f"{A}schemeClr")).get("val") == "bg1"
    assert own_texts(native) == ["a", "b", f"{ARROW} c"]
    svg = etree.tostring(paper(drawn("bars", looks, made_up))).decode()
    assert svg.count("url(#h") == 3 + 1  # its bars and its entry in the legend
    plain = etree.tostring(paper(drawn("bars", firm))).decode()
    assert "url(#h" not in plain and svg.count("<use ") > plain.count("<use ")
    for kind in ("scatter", "lines"):
        with pytest.raises(ValueError, match="looks of bars"):
            drawn(kind, looks)


@pytest.mark.parametrize("writing", get_args(Writing))
def test_ticks_are_written_by_both(writing: Writing) -> None:
    axis = Axis(0.0, 1.0, 0.5, writing)
    spec = drawn("scatter", Series("s", (0.0, 0.5, 1.0)), y=axis)
    assert len([t for t in slide(spec).iter(f"{C}numFmt")]) == 2
    assert len(printed(paper(spec))) >= 3
    hidden = replace(spec, y=replace(axis, is_hidden=True))
    assert [t.get("val") for t in slide(hidden).iter(f"{C}tickLblPos")][-1] == "none"
    assert len(printed(paper(hidden))) == len(printed(paper(spec))) - 3


@pytest.mark.parametrize(
    "wrong",
    [{"side": "middle"}, {"marker": "hexagon"}, {"dash": "dots"}, {"x": (1.0,)},
     {"labels": ("a",)}, {"low": (0.0, 0.0, 0.0)}, {"low": (0.0,), "high": (1.0,)},
     {"shade": (1.0,)}, {"labels": ("a", "b", "c"), "value_labels": "number"}],
)  # fmt: skip
def test_what_cannot_be_drawn_alike_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Series("s", Y, **wrong)


def test_a_chart_that_does_not_fit_its_series_is_refused() -> None:
    one = Series("s", Y, x=Y)
    row = replace(one, labels=("a", "b", "c"), names_rows=True)
    for series, more in (
        ((), {}),
        ((Series("s", Y),), {}),
        ((one,), {"label_share": 0.4}),
        ((row,), {}),
        ((row, row), {"label_share": 0.4}),
    ):
        with pytest.raises(ValueError, match=r".+"):
            ChartSpec("scatter", series, AXIS, AXIS, **more)
    with pytest.raises(ValueError, match="places"):
        ChartSpec("bars", (one,), AXIS, AXIS, categories=("a",))
    with pytest.raises(ValueError, match="no names of rows"):
        drawn("bars", replace(row, side=Side.RIGHT), label_share=0.4)


@pytest.mark.parametrize(("rows", "is_smaller"), [(4, False), (20, True)])
def test_texts_of_rows_are_as_small_as_it_takes_to_keep_them_apart(
    rows: int, is_smaller: bool
) -> None:
    y = tuple(map(float, range(rows)))
    text = "Nur Einheiten ohne fehlende Quartale, je Kreis (keine Daten)"
    named = Series("r", y, x=(0.0,) * rows, labels=(text,) * rows, names_rows=True, in_legend=False)
    axis = Axis(-1.0, float(rows), 1.0, is_hidden=True)
    root = paper(drawn("scatter", named, label_share=0.4, y=axis))
    sizes = {
        float(size)
        for each in root.iter(f"{SVG}text")
        if "Einheiten" in "".join(each.itertext())
        for size in re.findall(r"font(?:-size)?: ([\d.]+)px", each.get("style", ""))
    }
    assert sizes and (max(sizes) < BESIDE) == is_smaller


@pytest.mark.parametrize(("rows", "is_smaller"), [(4, False), (9, True)])
def test_powerpoint_is_given_names_of_rows_in_lines_that_fit(rows: int, is_smaller: bool) -> None:
    y = tuple(map(float, range(rows)))
    text = "Kommunales Integrationszentrum → Anerkennungsstelle (n = 174)"
    named = Series("r", y, x=(0.0,) * rows, labels=(text,) * rows, names_rows=True, in_legend=False)
    axis = Axis(-1.0, float(rows), 1.0, is_hidden=True)
    root = slide(drawn("scatter", named, label_share=0.5, y=axis))
    (first, *_) = root.iter("{*}dLbl")
    lines = ["".join(each.itertext()) for each in first.iter("{*}p")]
    assert " ".join(lines) == text.replace("n = ", "n\u00a0=\u00a0")
    (size,) = {int(each.get("sz", 0)) for each in first.iter("{*}rPr")}
    assert max(map(len, lines)) * 0.45 * size / 100 <= 0.5 * FIGURE[2] * 72
    assert (size < 100 * TYPE) == is_smaller


def test_a_legend_above_named_rows_has_room_of_its_own() -> None:
    names = Series("Zeilen", (1.0,), (0.0,), labels=("A",), side=Side.LEFT, names_rows=True)
    tops = []
    for legend in (True, False):
        spec = ChartSpec(
            "scatter", (names,), Axis(0, 1), Axis(0, 1), label_share=0.3, legend=legend
        )
        found = re.search(r'<c:y val="([0-9.]+)"', chart_xml(spec, words("de"), 4.0).decode())
        assert found is not None
        tops.append(float(found[1]))
    assert tops[0] > tops[1] + 0.08
