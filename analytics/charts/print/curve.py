"""The referral curve of a district and its peers, for paper."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analytics.charts import theme
from analytics.charts.print.paper import legend, sheet
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_LAST_DAY: Final = 180
"""On paper the curve ends where the catalogue's figures end; later it hardly rises."""

_DAYS: Final = (0, 30, 60, 90, 120, 150, 180)
_SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_BAND: Final = 0.18


def printed_curve(exhibit: Exhibit, w: Words, *, width: float, height: float) -> str:
    """Return the curves with their 95 % bands as SVG; nothing where no curve may be shown.

    Args:
        exhibit: CURVE rows ``series, label, days, estimate, low, high, status``.
        w: Words of the language.
        width: In millimetres.
        height: In millimetres.
    """
    frame = exhibit.table.frame
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        return ""

    def paint(axes: Axes) -> None:
        parts = list(shown.groupby("series", sort=False))
        for series, part in reversed(parts):  # the own curve on top
            _step(axes, part, str(series))
        axes.set_xlim(0, _LAST_DAY)
        axes.set_ylim(0, 1)
        axes.set_xticks(_DAYS, [w.number(day) for day in _DAYS])
        axes.set_yticks(_SHARES, [w.percent(share) for share in _SHARES])
        axes.set_xlabel(w("chart.days_since_need"))
        handles = [
            Line2D([], [], color=theme.series_colour(str(series)), label=part["label"].iloc[0])
            for series, part in parts
        ]
        legend(axes, handles, columns=len(handles))

    return sheet(width, height, paint)


def _step(axes: Axes, part: pd.DataFrame, series: str) -> None:
    colour = theme.series_colour(series)
    names = ("days", "estimate", "low", "high")
    days, estimate, low, high = (part[name].to_numpy(dtype=float) for name in names)
    axes.fill_between(days, low, high, step="post", color=colour, alpha=_BAND, linewidth=0)
    axes.step(days, estimate, where="post", color=colour, linewidth=1.5)
