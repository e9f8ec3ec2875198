"""Marks given to matplotlib, which writes them as PNG or SVG; only here is it drawn with."""

import io
import re
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from analytics.charts.picture import type as types
from analytics.charts.picture.marks import (
    LINE_HEIGHT,
    Area,
    Box,
    Line,
    Mark,
    Point,
    Stroke,
    Symbol,
    Words,
)
from analytics.charts.picture.sizes import Form
from analytics.charts.picture.symbols import strokes
from analytics.charts.print.paper import printable

_DPI: Final = 72.0
"""A pixel of the screen is a point of the picture."""
_BASELINE: Final = 1.0
"""Of a line of text, from its top, in sizes of the type."""
_PATTERN: Final = 7.0
_PATTERN_LINE: Final = 1.3
_RGBA: Final = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)")


def drawn(
    marks: Sequence[Mark],
    width: float,
    height: float,
    form: Form,
    scale: float,
    told: dict[str, str],
) -> bytes:
    """Return the marks as a file.

    Args:
        marks: In the order in which they are drawn.
        width: Of the picture, in pixels of a screen.
        height: The same.
        form: Of the file.
        scale: Pixels of a PNG for one of a screen.
        told: What the file tells besides, ``Title`` and ``Description``.
    """
    figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI)
    figure.set_layout_engine("none")
    ink = _Ink(figure, height)
    for mark in marks:
        ink.draw(mark)
    target = io.BytesIO()
    extra = {"Software": None} if form == "png" else {"Date": None, "Creator": None}
    figure.savefig(target, format=form, dpi=_DPI * scale, metadata={**told, **extra})
    return target.getvalue()


class _Ink:
    """Draws marks on a figure, later ones over earlier ones."""

    def __init__(self, figure: Figure, height: float) -> None:
        self._figure = figure
        flip = Affine2D().scale(1 / _DPI, -1 / _DPI).translate(0, height / _DPI)
        self._place: Transform = flip + figure.dpi_scale_trans
        self._order = 0

    @singledispatchmethod
    def draw(self, mark: Mark) -> None:
        """Draw a mark."""
        raise TypeError(mark)

    @draw.register
    def _(self, mark: Line) -> None:
        x, y = zip(*mark.points, strict=True)
        stroke = mark.stroke
        line = Line2D(x, y, linewidth=stroke.width, color=colour_of(stroke.colour))
        if stroke.dash:  # counted in widths of the line
            line.set_linestyle((0, tuple(part / stroke.width for part in stroke.dash)))
        line.set_solid_capstyle("butt")
        line.set_dash_capstyle("butt")
        self._add(line, mark.clip)

    @draw.register
    def _(self, mark: Area) -> None:
        path = Path.make_compound_path(
            *(Path([*ring, ring[0]], closed=True) for ring in mark.rings)
        )
        edge = colour_of(mark.edge) if mark.edge and mark.edge_width else "none"
        look = {"facecolor": colour_of(mark.fill), "edgecolor": edge, "linewidth": mark.edge_width}
        patch = PathPatch(path, **look, joinstyle="round")
        self._add(patch, mark.clip)
        if mark.pattern:
            lines = LineCollection(
                _pattern(path, mark.pattern), colors=mark.ink, linewidths=_PATTERN_LINE
            )
            self._add(lines, mark.clip)
            lines.set_clip_path(patch.get_path(), self._place)

    @draw.register
    def _(self, mark: Symbol) -> None:
        if mark.shape == "circle":
            look = {"facecolor": colour_of(mark.fill), "linewidth": mark.edge_width}
            edge = colour_of(mark.edge) if mark.edge_width else "none"
            self._add(Circle(mark.at, mark.size / 2, **look, edgecolor=edge), mark.clip)
            return
        for points, is_closed in strokes(mark):
            if is_closed:
                area = Area((points,), mark.fill, mark.edge, mark.edge_width, clip=mark.clip)
                self.draw(area)
            else:
                self.draw(Line(points, Stroke(mark.edge, mark.edge_width), mark.clip))

    @draw.register
    def _(self, mark: Words) -> None:
        box = types.extent(mark)
        if mark.ground:
            self.draw(Area((box.corners(),), mark.ground))
        if mark.turned:
            self._turned(mark, box)
            return
        for number, line in enumerate(mark.lines):
            room = box.width - types.width(line, mark.size)
            x = box.left + {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * room
            y = box.top + mark.size * (LINE_HEIGHT * number + _BASELINE)
            for run in line:
                self._write((x, y), run.text, mark, types.font(mark.size, run.bold, run.italic))
                x += types.width([run], mark.size)

    def _turned(self, mark: Words, box: Box) -> None:
        for number, line in enumerate(mark.lines):
            x = box.left + mark.size * (LINE_HEIGHT * number + _BASELINE)
            y = box.bottom - (box.height - types.width(line, mark.size)) / 2
            for run in line:
                font = types.font(mark.size, run.bold, run.italic)
                self._write((x, y), run.text, mark, font, rotation=90)
                y -= types.width([run], mark.size)

    def _write(self, at: Point, text: str, mark: Words, font: Any, rotation: float = 0) -> None:
        found = Text(at[0], at[1], printable(text), color=colour_of(mark.colour), parse_math=False)
        found.set(fontproperties=font, ha="left", va="baseline")
        found.set(rotation=rotation, rotation_mode="anchor")
        self._add(found, None)

    def _add(self, artist: Artist, clip: Box | None) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_transform(self._place)
        self._figure.add_artist(artist, clip=False)
        if clip is not None:
            shape = Rectangle((clip.left, clip.top), clip.width, clip.height)
            shape.set_transform(self._place)
            artist.set_clip_path(shape)


def colour_of(text: str) -> Any:
    """Return a colour as matplotlib reads it; nothing is drawn for an empty one."""
    if found := _RGBA.fullmatch(text):
        red, green, blue, opacity = map(float, found.groups())
        return red / 255, green / 255, blue / 255, opacity
    return text or "none"


def _pattern(path: Path, kind: str) -> list[list[Point]]:
    """Return the lines of a pattern over the rectangle around a shape."""
    box = path.get_extents()
    reach = box.height
    starts = np.arange(box.x0 - reach, box.x1 + reach, _PATTERN)
    rising = [[(x, box.y1), (x + reach, box.y0)] for x in starts]
    falling = [[(x, box.y0), (x + reach, box.y1)] for x in starts]
    return rising + falling if kind == "x" else rising
