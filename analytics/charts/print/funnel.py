"""The funnel plot with one district marked, for paper."""

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analytics.charts import theme
from analytics.charts.print.paper import legend, sheet
from analytics.charts.print.scale import value_axis
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_ROLES: Final = ("others", "peers", "own")
"""In the order of drawing: the own district last, on top."""

_SIZES: Final = {"others": 9.0, "peers": 16.0, "own": 34.0}
_LIMITS: Final[dict[str, Any]] = {"chance": (0, (3, 2)), "usual": "-"}


def printed_funnel(exhibit: Exhibit, w: Words, *, width: float, height: float) -> str:
    """Return every district's figure within chance and the usual spread; nothing where none is.

    Args:
        exhibit: FUNNEL rows ``role, n, value, baseline, chance_low, chance_high,
            usual_low, usual_high``.
        w: Words of the language.
        width: In millimetres.
        height: In millimetres.
    """
    frame = exhibit.table.frame
    placed = frame[frame["value"].notna() & frame["n"].notna()].sort_values("n")
    if placed.empty:
        return ""
    names = {column.name: column for column in exhibit.table.columns}

    def paint(axes: Axes) -> None:
        _limits(axes, placed)
        for role in _ROLES:
            part = placed[placed["role"] == role]
            axes.scatter(
                part["n"], part["value"], s=_SIZES[role], color=theme.series_colour(role),
                edgecolors=theme.PAPER if role == "own" else theme.OUTLINE,
                linewidths=0.5, zorder=3,
            )  # fmt: skip
        axes.set_xlim(left=0)
        axes.set_xlabel(names["n"].label)
        ticks = [tick for tick in axes.get_xticks() if tick <= axes.get_xlim()[1]]
        axes.set_xticks(ticks, [w.number(tick) for tick in ticks])
        value_axis(axes, names["value"], w)
        legend(axes, _handles(placed, w), columns=3)

    return sheet(width, height, paint)


def _limits(axes: Axes, placed: pd.DataFrame) -> None:
    axes.axhline(placed["baseline"].iloc[0], color=theme.INK, linewidth=0.8)
    for level, dash in _LIMITS.items():
        for side in ("low", "high"):
            axes.plot(
                placed["n"], placed[f"{level}_{side}"],
                color=theme.OUTLINE, linewidth=0.8, linestyle=dash,
            )  # fmt: skip


def _handles(placed: pd.DataFrame, w: Words) -> list[Line2D]:
    present = [role for role in reversed(_ROLES) if (placed["role"] == role).any()]
    dots = [
        Line2D(
            [], [], linestyle="", marker="o", color=theme.series_colour(role),
            markeredgecolor=theme.OUTLINE if role != "own" else theme.PAPER, markeredgewidth=0.5,
            markersize=_SIZES[role] ** 0.5, label=w(f"pdf.role_{role}"),
        )
        for role in present
    ]  # fmt: skip
    lines = [
        Line2D(
            [],
            [],
            color=theme.OUTLINE,
            linewidth=0.8,
            linestyle=dash,
            label=w(f"pdf.limit_{level}"),
        )
        for level, dash in _LIMITS.items()
    ]
    state = Line2D([], [], color=theme.INK, linewidth=0.8, label=w("pdf.state"))
    return [*dots, state, *lines]
