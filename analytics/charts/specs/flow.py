"""A flow before it is drawn on slides and paper: bars, streams between them, and their names.

Names stand outside, beside their bars, so that none lies on a stream, and so far from each other
that none covers another.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.charts.flow_nodes import nodes_of
from analytics.charts.flow_places import Node, places
from analytics.charts.specs.spec import TYPE
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

WIDTH: Final = 8.266
HEIGHT: Final = 4.645
"""Inches of the picture: 62 % of a slide, 210 by 118 millimetres on paper."""

_NAMES: Final = 2.55
"""Inches for the names on either side."""
_THICK: Final = 0.16
_BESIDE: Final = 0.1
_LINE: Final = 1.2 * TYPE / 72
_APART: Final = 0.06
_LETTERS: Final = 18
"""Of a line: what fits beside a bar in the widest usual font."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A node, in inches from the top left, and what it is."""

    left: float
    top: float
    width: float
    height: float
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A stream from the right edge of a bar to the left edge of another; both ends are level."""

    left: float
    right: float
    begin: float
    end: float
    height: float
    name: str
    text: str
    is_largest: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a bar on lines of their own, its number the last; right-aligned on the left."""

    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]
    is_left: bool


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A flow of two sides."""

    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    labels: tuple[Label, ...]


def flow_spec(exhibit: Exhibit, w: Words) -> FlowSpec:
    """Return the streams of an exhibit with rows ``key, code, office, body, value, share``."""
    frame = exhibit.table.frame
    names, ends, left = nodes_of(frame)
    values = [float(value) for value in frame["value"]]
    nodes, streams = places(ends[0], ends[1], values, left, len(names))
    totals = [
        sum(value for value, *both in zip(values, *ends, strict=True) if i in both)
        for i in range(len(names))
    ]
    bars = tuple(
        _bar(node, name, w.number(total), w)
        for node, name, total in zip(nodes, names, totals, strict=True)
    )
    labels = (
        *_labels(bars[:left], totals[:left], w),
        *_labels(bars[left:], totals[left:], w),
    )
    named = frame[(frame["key"] != "rest") & (frame["code"] != "rest")]
    largest = (named if len(named) else frame)["value"].idxmax()
    begin, end = _NAMES + _THICK, WIDTH - _NAMES - _THICK
    ribbons = tuple(
        Ribbon(
            begin,
            end,
            stream.begin * HEIGHT,
            stream.end * HEIGHT,
            stream.height * HEIGHT,
            w("cooperation.pair", office=row["office"], body=row["body"]),
            w("deck.stream", needs=w.number(row["value"]), share=w.percent(row["share"], 1)),
            bool(place == largest),
        )
        for stream, (place, row) in zip(streams, frame.iterrows(), strict=True)
    )
    return FlowSpec(bars, ribbons, labels)


def _bar(node: Node, name: str, total: str, w: Words) -> Bar:
    at = WIDTH - _NAMES - _THICK if node.side else _NAMES
    text = w("deck.row_n", label=name, n=total)
    return Bar(at, node.top * HEIGHT, _THICK, node.height * HEIGHT, name, text)


def _labels(bars: Sequence[Bar], totals: Sequence[float], w: Words) -> list[Label]:
    """Return the names of one side, each as near to its bar's middle as the others let it."""
    lines = [
        (*textwrap.wrap(bar.name, _LETTERS, break_long_words=False), w.number(total))
        for bar, total in zip(bars, totals, strict=True)
    ]
    heights = [_LINE * len(each) for each in lines]
    middles = [bar.top + bar.height / 2 for bar in bars]
    tops = spread([m - h / 2 for m, h in zip(middles, heights, strict=True)], heights)
    is_left = bars[0].left < WIDTH / 2
    at = 0.0 if is_left else WIDTH - _NAMES + _BESIDE
    return [
        Label(at, top, _NAMES - _BESIDE, height, each, is_left)
        for top, height, each in zip(tops, heights, lines, strict=True)
    ]


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return tops as near to the wanted ones as it takes that none covers the next, within all."""
    tops: list[float] = []
    below = 0.0
    for top, height in zip(wanted, heights, strict=True):
        tops.append(max(top, below))
        below = tops[-1] + height + _APART
    above = HEIGHT
    for i in reversed(range(len(tops))):
        tops[i] = min(tops[i], above - heights[i])
        above = tops[i] - _APART
    return tops
