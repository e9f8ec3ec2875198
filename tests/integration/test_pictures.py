"""Every figure can be painted, and the picture shows what the screen shows: no more, no less."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from shared import demonstration, shared_folder

from analytics.charts.drawings import DRAWINGS, on_screen
from analytics.charts.picture.described import described
from analytics.charts.picture.marks import Area, Box, Line, Mark, Symbol
from analytics.charts.picture.plot import Plot
from analytics.charts.picture.scene import Scene, scene
from analytics.charts.picture.sizes import SIZES, Form, SizeName
from analytics.charts.picture.type import extent
from analytics.charts.print.paper import drawing, unprintable
from analytics.exports.pictures import picture_bytes
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.catalogue.figures_catalogue import figure_exhibit, figures

CASES = 20_000
"""Enough that no estimate is refused, so that every drawing has something to draw."""

ROOM = Box(20, 30, 700, 530)
DRAWN = [figure.id for figure in figures().values() if figure.drawing]
ONE_EACH = {figures()[figure_id].drawing: figure_id for figure_id in reversed(DRAWN)}
WALK: list[tuple[str, Language]] = [
    *((figure_id, "de") for figure_id in DRAWN),
    *((figure_id, "en") for figure_id in ONE_EACH.values()),
]
"""Every figure; in the other language one of each drawing, since words are all that differs."""
FORMS: dict[SizeName, Form] = {"wide": "png", "narrow": "svg"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = current_folder(demonstration(shared_folder(tmp_path_factory), CASES))
    assert folder is not None
    opened = open_snapshot(folder)
    yield opened
    opened.close()


def shown(store: ParquetStore, figure_id: str, language: Language) -> Exhibit:
    asked = Asked(district="05766" if "district" in figures()[figure_id].required else None)
    return figure_exhibit(store, figure_id, asked, words(language))


def test_each_drawing_is_among_them() -> None:
    assert set(ONE_EACH) == set(DRAWINGS) - {"area_map"}  # a page's own, see below


@pytest.mark.parametrize(("figure_id", "language"), WALK)
def test_a_picture_shows_values_and_texts_of_the_screen(
    store: ParquetStore, figure_id: str, language: Language
) -> None:
    exhibit = shown(store, figure_id, language)
    figure = on_screen(figures()[figure_id].drawing)(exhibit, words(language))
    shows_the_same(figure)


@pytest.mark.parametrize(("figure_id", "language"), zip(ONE_EACH.values(), cycle(LANGUAGES)))
def test_a_picture_is_a_file_of_its_size(
    store: ParquetStore, figure_id: str, language: Language
) -> None:
    exhibit, w = shown(store, figure_id, language), words(language)
    for size, form in FORMS.items():
        draw = on_screen(figures()[figure_id].drawing)
        content = picture_bytes(exhibit, draw, size, form, w)
        assert content.startswith({"png": b"\x89PNG", "svg": b"<?xml"}[form])
        if form == "png":
            assert int.from_bytes(content[16:20], "big") == SIZES[size].pixels
        else:
            assert b"<text" not in content and b"font-family" not in content


def shows_the_same(figure: go.Figure) -> None:
    """Check what is painted against the figure; its marks are read back at the axes."""
    with drawing({}):
        found = scene(described(figure), ROOM)
        boxes = [extent(text) for text in found.words()]
    for number, trace in enumerate(figure.data):
        own = [mark for mark in found.marks if getattr(mark, "trace", -1) == number]
        CHECKS[trace.type](trace, own, found)
    told = ["".join(run.text for line in text.lines for run in line) for text in found.words()]
    assert not [text for text in wanted_texts(figure, found.plot) if text not in told]
    assert not [text for text in told if unprintable(text)]
    for box in boxes:
        assert box.left >= ROOM.left - 2 and box.right <= ROOM.right + 2
        assert box.top >= ROOM.top - 2 and box.bottom <= ROOM.bottom + 2


def wanted_texts(figure: go.Figure, plot: Plot) -> list[str]:
    """Return the texts of a figure without their markup: notes, names in the legend, titles."""
    layout = figure.layout
    texts = [note.text for note in layout.annotations]
    texts += [axis.title.text for axis in axes_of(figure) if axis.visible is not False]
    if layout.showlegend:
        hidden = ("choropleth", "heatmap")
        texts += [t.name for t in figure.data if t.showlegend is not False and t.type not in hidden]
    for axis in axes_of(figure):
        if axis.visible is not False and axis.showticklabels is not False and axis.tickvals:
            texts += in_range(axis, plot)
    return [unescape(re.sub(r"<[^>]+>", "", text)) for text in texts if text]


def axes_of(figure: go.Figure) -> list[Any]:
    names = [name for name in figure.layout if re.fullmatch(r"[xy]axis\d*", name)]
    return [figure.layout[name] for name in names]


def in_range(axis: Any, plot: Plot) -> list[str]:
    """Return the ticks that Plotly shows; of an axis that has no range, those within the marks."""
    known = plot.axes[axis.plotly_name.replace("axis", "")]
    low, high = sorted(map(as_number, axis.range) if axis.range else (known.low, known.high))
    pairs = zip(axis.tickvals, axis.ticktext, strict=True)
    return [text for value, text in pairs if low <= as_number(value) <= high]


def as_number(value: Any) -> float:
    """Return a value as axes count it: dates in days."""
    if value is None or pd.isna(value):
        return float("nan")
    if isinstance(value, int | float | np.number):
        return float(value)
    return (pd.Timestamp(value) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)


def read(plot: Plot, axis: str, place: float) -> float:
    """Return what stands at a place of an axis."""
    first, last = plot.ends(axis)
    known = plot.axes[axis]
    return known.low + (place - first) / (last - first) * (known.high - known.low)


def points_of(trace: Any) -> list[tuple[float, float]]:
    pairs = [(as_number(x), as_number(y)) for x, y in zip(trace.x, trace.y, strict=True)]
    return [pair for pair in pairs if not np.isnan(pair).any()]


def same(found: Sequence[Any], expected: Sequence[Any]) -> None:
    assert len(found) == len(expected)
    if len(expected):
        wanted = np.array(expected, dtype=np.float64)
        room = 1e-6 * max(1.0, float(np.abs(wanted).max()))
        assert np.array(found, dtype=np.float64) == pytest.approx(wanted, abs=room)


def check_scatter(trace: Any, marks: Sequence[Mark], found: Scene) -> None:
    x, y = trace.xaxis or "x", trace.yaxis or "y"

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return read(found.plot, x, point[0]), read(found.plot, y, point[1])

    expected = points_of(trace)
    if "markers" in trace.mode:
        same([at(mark.at) for mark in marks if isinstance(mark, Symbol)], expected)
    lines = [mark for mark in marks if isinstance(mark, Line)]
    if trace.error_x.array is not None or trace.error_y.array is not None:
        error = trace.error_x if trace.error_x.array is not None else trace.error_y
        # A course with intervals has strokes of two widths.
        intervals = [line for line in lines if line.stroke.width == (error.thickness or 2)]
        check_intervals(trace, intervals, found)
        lines = [line for line in lines if line not in intervals]
    if "lines" in trace.mode and trace.line.width != 0:
        step = 2 if trace.line.shape == "hv" else 1  # a corner between any two points
        same([at(point) for line in lines for point in line.points[::step]], expected)
    if trace.fill == "toself" and len(expected) > 2:
        (area,) = [mark for mark in marks if isinstance(mark, Area)]
        same([at(point) for point in area.rings[0]], expected)


def check_intervals(trace: Any, lines: Sequence[Line], found: Scene) -> None:
    way, error = ("x", trace.error_x) if trace.error_x.array is not None else ("y", trace.error_y)
    axis, index = getattr(trace, f"{way}axis") or way, "xy".index(way)
    ends = [tuple(read(found.plot, axis, p[index]) for p in line.points) for line in lines]
    rows = zip(getattr(trace, way), error.arrayminus, error.array, strict=True)
    known = [row for row in rows if not any(map(pd.isna, row))]
    step = 3 if error.width else 1  # an interval, and the caps at its ends
    same(ends[::step], [(value - below, value + above) for value, below, above in known])


def check_bar(trace: Any, marks: Sequence[Mark], found: Scene) -> None:
    is_flat = trace.orientation == "h"
    along = (trace.xaxis or "x") if is_flat else (trace.yaxis or "y")
    values = [as_number(value) for value in (trace.x if is_flat else trace.y)]
    index = 0 if is_flat else 1
    bars = [[corner[index] for corner in mark.rings[0]] for mark in marks if isinstance(mark, Area)]
    lengths = [read(found.plot, along, max(e)) - read(found.plot, along, min(e)) for e in bars]
    same(np.abs(lengths), [abs(value) for value in values if not np.isnan(value)])
    if trace.error_x.array is not None:
        check_intervals(trace, [mark for mark in marks if isinstance(mark, Line)], found)


def check_box(trace: Any, marks: Sequence[Mark], found: Scene) -> None:
    values = sorted(value for value in trace.x if not pd.isna(value))
    dots = [read(found.plot, "x", mark.at[0]) for mark in marks if isinstance(mark, Symbol)]
    same(dots, values)
    (area,) = [mark for mark in marks if isinstance(mark, Area)]
    low, high = (read(found.plot, "x", end([x for x, _ in area.rings[0]])) for end in (min, max))
    inside = sum(low <= value <= high for value in values)
    assert inside == pytest.approx(len(values) / 2, abs=1)


def check_heatmap(trace: Any, marks: Sequence[Mark], _found: Scene) -> None:
    cells = [value for row in trace.z for value in row if not pd.isna(value)]
    assert sum(isinstance(mark, Area) for mark in marks) == len(cells)


def check_choropleth(trace: Any, marks: Sequence[Mark], _found: Scene) -> None:
    scale = dict(trace.colorscale)
    count = trace.zmax - trace.zmin
    fills = [mark.fill for mark in marks if isinstance(mark, Area)]
    steps = [(value - trace.zmin) / count for value in trace.z]
    nearest = [min(scale, key=lambda stop, at=at: abs(stop - at)) for at in steps]
    assert [fill.upper() for fill in fills] == [scale[stop].upper() for stop in nearest]


def check_scattergeo(trace: Any, marks: Sequence[Mark], _found: Scene) -> None:
    places = sum(lon is not None for lon in trace.lon)
    if trace.mode == "lines":
        assert sum(len(mark.points) for mark in marks if isinstance(mark, Line)) == places
    if "markers" in trace.mode:
        assert sum(isinstance(mark, Symbol) for mark in marks) == places


def check_sankey(trace: Any, marks: Sequence[Mark], found: Scene) -> None:
    areas = [mark for mark in marks if isinstance(mark, Area)]
    streams = areas[: len(trace.link.value)]
    assert len(areas) == len(streams) + len(trace.node.label)
    # All streams are drawn to one scale, and those of a node fill its bar.
    widths = [mark.rings[0][-1][1] - mark.rings[0][0][1] for mark in streams]
    scale = sum(widths) / sum(trace.link.value)
    same(widths, [scale * value for value in trace.link.value])
    room = found.plot.room
    for node, (bar, place) in enumerate(zip(areas[len(streams) :], trace.node.y, strict=True)):
        tops = [y for _, y in bar.rings[0]]
        pairs = zip(trace.link.source, trace.link.target, widths, strict=True)
        same([max(tops) - min(tops)], [sum(w for a, b, w in pairs if node in (a, b))])
        same([((max(tops) + min(tops)) / 2 - room.top) / room.height], [place])
    told = {"".join(run.text for line in text.lines for run in line) for text in found.words()}
    assert set(trace.node.label) <= told


CHECKS: dict[str, Callable[[Any, Sequence[Mark], Scene], None]] = {
    "scatter": check_scatter,
    "bar": check_bar,
    "box": check_box,
    "heatmap": check_heatmap,
    "choropleth": check_choropleth,
    "scattergeo": check_scattergeo,
    "sankey": check_sankey,
}
