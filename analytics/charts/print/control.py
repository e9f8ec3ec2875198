"""The control chart of a district with its milestones, for paper."""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analytics.charts import theme
from analytics.charts.print.paper import legend, sheet
from analytics.charts.print.scale import value_axis
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_BAND: Final = 0.14
_HALF: Final = 0.5
"""Quarters that a segment's band reaches beyond its first and last value."""


def printed_control(exhibit: Exhibit, w: Words, *, width: float, height: float) -> str:
    """Return the quarters with mean, limits and signals; nothing where no value is shown.

    Args:
        exhibit: CONTROL rows ``period, value, provisional, mean, lower, upper, segment, signal,
            milestone``.
        w: Words of the language.
        width: In millimetres.
        height: In millimetres.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    if frame.empty or frame["value"].isna().all():
        return ""
    column = next(each for each in exhibit.table.columns if each.name == "value")

    def paint(axes: Axes) -> None:
        for _, part in frame[frame["segment"] >= 0].groupby("segment"):
            _segment(axes, part)
        _course(axes, frame)
        axes.set_xlim(-1, len(frame))
        _grow(axes)
        _milestones(axes, frame)
        _years(axes, frame)
        value_axis(axes, column, w)
        legend(axes, _handles(frame, w), columns=5)

    return sheet(width, height, paint)


def _segment(axes: Axes, part: pd.DataFrame) -> None:
    places = np.array([part.index[0] - _HALF, part.index[-1] + _HALF])
    first = part.iloc[0]
    axes.fill_between(
        places, first["lower"], first["upper"], color=theme.NEUTRAL, alpha=_BAND, linewidth=0
    )
    axes.plot(places, [first["mean"]] * 2, color=theme.OUTLINE, linewidth=0.9)


def _course(axes: Axes, frame: pd.DataFrame) -> None:
    values = frame["value"].to_numpy(dtype=float)
    places = np.arange(len(frame))
    axes.plot(places, values, color=theme.OWN, linewidth=1, zorder=3)
    provisional = frame["provisional"].to_numpy(dtype=bool)
    signal = (frame["signal"] != "").to_numpy()
    plain = ~provisional & ~signal
    dots: dict[str, Any] = {"s": 9, "zorder": 4, "edgecolors": theme.OWN, "linewidths": 0.8}
    axes.scatter(places[plain], values[plain], color=theme.OWN, **dots)
    axes.scatter(places[provisional], values[provisional], color=theme.PAPER, **dots)
    axes.scatter(
        places[signal], values[signal], s=24, marker="D", color=theme.OWN,
        edgecolors=theme.PAPER, linewidths=0.6, zorder=5,
    )  # fmt: skip


def _grow(axes: Axes) -> None:
    """Leave room above for the names of the milestones, and start at zero where it is near."""
    low, high = axes.get_ylim()
    axes.set_ylim(0 if low < high / 2 else low, high + 0.16 * (high - min(low, 0)))


def _milestones(axes: Axes, frame: pd.DataFrame) -> None:
    """Name each at its line, on the side where there is room."""
    for place, text in enumerate(frame["milestone"]):
        if text:
            axes.axvline(place - _HALF, color=theme.INK, linewidth=0.8, linestyle=(0, (1, 1.5)))
            is_late = place > 0.7 * len(frame)
            axes.annotate(
                text, (place - _HALF, 1), xycoords=("data", "axes fraction"),
                xytext=(-3 if is_late else 3, -1), textcoords="offset points",
                ha="right" if is_late else "left", va="top",
            )  # fmt: skip


def _years(axes: Axes, frame: pd.DataFrame) -> None:
    days = list(pd.to_datetime(frame["period"]))
    ticks = [place for place, day in enumerate(days) if day.month == 1]
    axes.set_xticks(ticks, [str(days[place].year) for place in ticks], ha="left")


def _handles(frame: pd.DataFrame, w: Words) -> list[Artist]:
    value = Line2D([], [], color=theme.OWN, marker="o", markersize=3, linewidth=1)
    signal = Line2D([], [], linestyle="", color=theme.OWN, marker="D", markersize=4)
    open_dot = Line2D(
        [], [], linestyle="", marker="o", markersize=3,
        markerfacecolor=theme.PAPER, markeredgecolor=theme.OWN, markeredgewidth=0.8,
    )  # fmt: skip
    usual = Patch(color=theme.NEUTRAL, alpha=_BAND, linewidth=0)
    mean = Line2D([], [], color=theme.OUTLINE, linewidth=0.9)
    has_limits = bool(frame["mean"].notna().any())
    offered: dict[str, tuple[Artist, bool]] = {
        "value": (value, True),
        "mean": (mean, has_limits),
        "usual": (usual, has_limits),
        "signal": (signal, bool((frame["signal"] != "").any())),
        "provisional": (open_dot, bool(frame["provisional"].any())),
    }
    for name, (handle, _) in offered.items():
        handle.set_label(w(f"pdf.control_{name}"))
    return [handle for handle, is_there in offered.values() if is_there]
