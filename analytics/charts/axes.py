"""Axes with ticks written in the words of the language: Plotly knows no German."""

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from analytics.disclosure import Column
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format

_STEPS: Final = (1, 2, 2.5, 5, 10)
_LONG_YEARS: Final = 6
_YEARS: Final = 2
_MONTH_DAYS: Final = 30


def nice_step(span: float, target: int) -> float:
    """Return a step of 1, 2, 2.5 or 5 times a power of ten giving at most ``target`` steps.

    Raises:
        ValueError: If the span is not positive.
    """
    if not span > 0:
        raise ValueError(f"span must be positive: {span}")
    power = 10.0 ** math.floor(math.log10(span / target))
    return next(s * power for s in _STEPS if span / (s * power) <= target * (1 + 1e-9))


def nice_ticks(low: float, high: float, target: int = 5) -> list[float]:
    """Return round values from at or below ``low`` to at or above ``high``."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    step = nice_step(high - low, target)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def nice_ends(values: Sequence[float], target: int = 4) -> tuple[float, float]:
    """Return where ``value_axis`` begins and ends that holds values and not zero by itself."""
    ticks = nice_ticks(min(values), max(values), target) if values else [0.0, 1.0]
    return ticks[0], ticks[-1]


def value_axis(
    values: Sequence[float], form: Format, w: Words, *, from_zero: bool = True, target: int = 4
) -> dict[str, Any]:
    """Return range and ticks of an axis that holds ``values``; shares never pass 100 %."""
    finite = [float(v) for v in values if math.isfinite(v)] or [0.0, 1.0]
    low = min(0.0, *finite) if from_zero else min(finite)
    ticks = nice_ticks(low, max(finite), target)
    if form.kind == "share" and max(finite) <= 1:
        ticks = [tick for tick in ticks if tick <= 1 + 1e-9]
    top = max(ticks[-1], max(finite))
    pad = 0.02 * (top - ticks[0])
    return {
        "range": [ticks[0] - (pad if from_zero and ticks[0] == 0 else 0), top + pad],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [tick_text(tick, ticks, form, w) for tick in ticks],
    }


def tick_text(tick: float, ticks: Sequence[float], form: Format, w: Words) -> str:
    """Return a tick's text with as many decimals as the step needs, durations without the unit."""
    scale = 100 if form.kind in ("share", "points") else 1
    step = min((b - a for a, b in itertools.pairwise(ticks)), default=1.0) * scale
    digits = decimals(step)
    if form.kind == "share":
        return w.percent(tick, digits)
    if form.kind == "money":
        return w.money(tick)
    if form.kind in ("points", "days_change") and tick:
        return w.signed(scale * tick, digits)
    return w.number(tick, digits)


def unit_title(described: Column, kind: str, w: Words) -> str:
    """Return the unit of an axis, for its title, as plain text; empty where each tick says it.

    Args:
        described: The column that is drawn.
        kind: Of the values; a table may mix measures.
        w: Words of the language.
    """
    if kind == "days":
        return w("chart.days_axis")
    return "" if kind in ("share", "money") else described.label


def decimals(step: float) -> int:
    """Return how many decimals values in multiples of ``step`` need (at most 4)."""
    return next((d for d in range(4) if math.isclose(step * 10**d, round(step * 10**d))), 4)


def day_ticks(last: float, most: int) -> list[int]:
    """Return at most ``most`` days after 0 up to ``last``, in months of 30 days."""
    step = next(s for s in itertools.count(_MONTH_DAYS, _MONTH_DAYS) if last / s < most + 1)
    return list(range(0, int(last) + 1, step))


def time_axis(first: date, last: date, w: Words) -> dict[str, Any]:
    """Return the axis of calendar time: years when long, months when short."""
    years = (last - first).days / 365.25
    if years >= _YEARS:
        ticks = [date(y, 1, 1) for y in range(first.year, last.year + 2)]
        ticks = [tick for tick in ticks if first <= tick <= last]
        texts = [str(tick.year) for tick in ticks]
        kept = slice(None, None, 2 if years > _LONG_YEARS else 1)
        return _dated(ticks[kept], texts[kept])
    months = [date(first.year + i // 12, i % 12 + 1, 1) for i in range(first.month - 1, 48)]
    step = 6 if years > 1 else 3
    inside = [m for m in months if first <= m <= last and (m.month - 1) % step == 0]
    return _dated(inside, [w.month(month) for month in inside])


def _dated(ticks: list[date], texts: list[str]) -> dict[str, Any]:
    values = [tick.isoformat() for tick in ticks]
    return {"type": "date", "tickmode": "array", "tickvals": values, "ticktext": texts}
