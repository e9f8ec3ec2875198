"""Small drawings for table rows, as SVG text without letters: page and paper show the same.

What they show stands in words in the row itself, so they need no text alternative of their own.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from analytics.charts import theme

_BAND: Final = 0.6
"""Height of the peers' band, as a part of the drawing's."""


def interval_strip(
    low: float | None,
    value: float | None,
    high: float | None,
    peers_low: float | None,
    peers_high: float | None,
    state: float | None,
    *,
    axis: tuple[float, float],
    width: float = 120,
    height: float = 18,
) -> str:
    """Return a strip: the peers' range as a band, the state as a tick, the own value with interval.

    What is None or NaN is left out; what reaches beyond the axis ends at the drawing's edge.

    Args:
        low: Lower limit of the own value's interval.
        value: Own value, drawn as a dot.
        high: Upper limit.
        peers_low: Lowest value among the peers.
        peers_high: Highest value among the peers.
        state: The state's value, drawn as a tick.
        axis: Values at the left and the right edge, in this order.
        width: In pixels.
        height: In pixels.
    """
    radius = height * 0.2
    place = _Scale(axis, (radius + 1, width - radius - 1))
    middle = height / 2
    band = height * _BAND
    parts = [_line((0, middle), (width, middle), theme.GRID, 1)]
    if _known(peers_low) and _known(peers_high):
        left, right = place(peers_low), place(peers_high)
        parts.append(
            f'<rect x="{_n(left)}" y="{_n(middle - band / 2)}" width="{_n(max(right - left, 2))}" '
            f'height="{_n(band)}" fill="{theme.PALE}"/>'
        )
    if _known(state):
        tick = place(state)
        parts.append(_line((tick, 0.5), (tick, height - 0.5), theme.OUTLINE, 1.5))
    if _known(low) and _known(high):
        parts.append(_line((place(low), middle), (place(high), middle), theme.OWN, 2))
    if _known(value):
        parts.append(
            f'<circle cx="{_n(place(value))}" cy="{_n(middle)}" r="{_n(radius)}" '
            f'fill="{theme.OWN}" stroke="{theme.PAPER}"/>'
        )
    return _svg(parts, width, height)


def sparkline(values: Sequence[float], *, width: float = 90, height: float = 18) -> str:
    """Return a course as a line with its last value as a dot; NaN leaves a gap.

    Args:
        values: In time order, evenly spaced.
        width: In pixels.
        height: In pixels.
    """
    known = [place for place, value in enumerate(values) if _known(value)]
    if not known:
        return _svg([], width, height)
    margin = height * 0.16
    bottom, top = (height - margin, margin)
    across = _Scale((0, max(len(values) - 1, 1)), (1, width - margin - 1))
    drawn = [values[place] for place in known]
    up = _Scale((min(drawn), max(drawn)), (bottom, top))
    points = {place: (across(place), up(values[place])) for place in known}
    parts = [_run([points[place] for place in run]) for run in _runs(known)]
    x, y = points[known[-1]]
    parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(height * 0.13)}" fill="{theme.OWN}"/>')
    return _svg(parts, width, height)


class _Scale:
    """Places a value between two edges; beyond the axis, at the edge."""

    def __init__(self, axis: tuple[float, float], span: tuple[float, float]) -> None:
        self._axis = axis
        self._span = span

    def __call__(self, value: float | None) -> float:
        low, high = self._axis
        first, last = self._span
        if value is None or high == low:
            return (first + last) / 2
        return first + min(max((value - low) / (high - low), 0.0), 1.0) * (last - first)


def _runs(known: Sequence[int]) -> Iterator[list[int]]:
    """Yield the stretches without a gap."""
    run: list[int] = []
    for place in known:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    yield run


def _run(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        x, y = points[0]
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="1" fill="{theme.OUTLINE}"/>'
    course = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return (
        f'<polyline points="{course}" fill="none" stroke="{theme.OUTLINE}" '
        'stroke-width="1.25" stroke-linejoin="round"/>'
    )


def _line(first: tuple[float, float], last: tuple[float, float], colour: str, width: float) -> str:
    return (
        f'<line x1="{_n(first[0])}" y1="{_n(first[1])}" x2="{_n(last[0])}" y2="{_n(last[1])}" '
        f'stroke="{colour}" stroke-width="{_n(width)}"/>'
    )


def _svg(parts: Sequence[str], width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}">{"".join(parts)}</svg>'
    )


def _known(value: float | None) -> bool:
    return value is not None and not math.isnan(value)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
