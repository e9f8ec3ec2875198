"""Names of two lines where they end, instead of a legend."""

from typing import Any, Final

from analytics.charts import hover, theme
from analytics.charts.contrast import TEXT_CONTRAST, contrast
from analytics.charts.values import estimate_texts
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_NEAR: Final = 0.55
"""Part of the periods, the last ones, above or below which a name stands and touches no line."""


def names_at_ends(exhibit: Exhibit, w: Words) -> list[dict[str, Any]]:
    """Return each group's name with its last value, on its own side of the two lines."""
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
