"""Names of two lines where they end, instead of a legend."""

from collections.abc import Sequence
from typing import Any, Final

from analytics.charts import hover, theme
from analytics.charts.contrast import TEXT_CONTRAST, contrast
from analytics.charts.values import estimate_texts
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_NEAR: Final = 0.55
"""Part of the periods, the last ones, above or below which a name stands and touches no line."""
_FAR: Final = 0.12
"""Of the axis' height between a name and the end of its line, from which a thread joins them."""


def names_at_ends(exhibit: Exhibit, w: Words) -> list[dict[str, Any]]:
    """Return each group's name with its last value, on its own side of the two lines.

    A name is as high as its line comes above its words, which may be far from the end of a line
    that climbs: then ``threads`` hang it there.
    """
    frame = exhibit.table.frame.assign(text=estimate_texts(exhibit.table, w))
    periods = sorted(frame["period"].unique())
    near = frame[frame["period"].isin(periods[-max(1, round(_NEAR * len(periods))) :])]
    lines = near.dropna(subset="value").groupby("series", sort=False)
    upper = lines["value"].mean().idxmax() if len(lines) else None
    names: list[dict[str, Any]] = []
    for series, part in lines:
        colour = theme.series_colour(str(series))
        is_read = contrast(colour, theme.PAPER) >= TEXT_CONTRAST
        is_upper = series == upper
        last = part.sort_values("period").iloc[-1]
        names.append(
            {
                "x": 1,
                "xref": "x domain",
                "y": float(part["value"].max() if is_upper else part["value"].min()),
                "text": f"<b>{hover.plain(last['label'])}</b> {last['text']}",
                "xanchor": "right",
                "yanchor": "bottom" if is_upper else "top",
                "yshift": 6 if is_upper else -6,
                "showarrow": False,
                "font": {"size": theme.TEXT_SIZE, "color": colour if is_read else theme.INK},
            }
        )
    return names


def threads(
    exhibit: Exhibit, names: Sequence[dict[str, Any]], height: float
) -> list[dict[str, Any]]:
    """Return a thin line from each name that stands far from the end of its line to that end.

    Args:
        exhibit: The rows of the lines.
        names: What ``names_at_ends`` returns for them.
        height: Of the axis, in its unit.
    """
    lines = exhibit.table.frame.dropna(subset="value").groupby("series", sort=False)
    ends = [part.sort_values("period").iloc[-1] for _, part in lines]
    return [
        {
            "type": "line",
            "x0": end["period"],
            "x1": end["period"],
            "y0": name["y"],
            "y1": float(end["value"]),
            "line": {"color": name["font"]["color"], "width": 1},
        }
        for name, end in zip(names, ends, strict=True)
        if abs(name["y"] - float(end["value"])) > _FAR * height
    ]
