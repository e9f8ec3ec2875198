"""The only place for colours, and for type and template of figures.

Colours mean one thing each: blue the model municipalities, orange the comparison, purple KIM.
Everything else is grey, made-up data and controls included. All of them are checked by computation
for contrast, for colour-blind readers and for print in grey.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import plotly.graph_objects as go

from analytics.charts.contrast import TEXT_CONTRAST, contrast
from analytics.i18n import Words

PAPER: Final = "#FFFFFF"
INK: Final = "#1B1F24"
MUTED: Final = "#4B5563"
OUTLINE: Final = "#6B7280"
GRID: Final = "#E3E6EA"
PALE: Final = "#C9CDD2"
SHADE: Final = "#F1F3F5"

MODEL: Final = "#002F87"
COMPARISON: Final = "#A44F00"
KIM: Final = "#601868"
MODEL_FILL: Final = "#8FB4D6"
"""The model municipalities as areas, light enough for names on them."""
NEUTRAL: Final = "#5B6470"
ACTION: Final = "#32404E"
"""Links and controls, which no data are drawn in."""
MADE_UP: Final = OUTLINE
"""The hatched edge of what is made up."""
SIGNAL: Final = INK
"""What is out of the ordinary; its mark differs as well."""

SEQUENTIAL: Final = ("#DDF0EA", "#A5D6C9", "#62B1A3", "#23807A", "#064740")
"""Light to dark, for classes of an indicator; one hue, readable in grey."""

KIM_STEPS: Final = ("#AE7FB4", "#8A4D94", "#661F72", "#33093C")
"""The milestones of the roll-out, from applied to fully staffed."""

OWN: Final = INK
PEERS: Final = NEUTRAL
OTHERS: Final = PALE
"""One district, its comparison ring and all others: by weight, since it may be of any group."""

PUBLISHED: Final = "#2F3A46"
"""Published figures; those from demonstration data beside them are never drawn in it."""

STAGES: Final = ("#C3C9D1", "#8A939F", "#474F5A")
"""Three greys that can be told apart, for what has no colour of its own."""

ZERO_FILL: Final = PAPER
SUPPRESSED_FILL: Final = "#C9CDD2"
SUPPRESSED_MARK: Final = INK
NO_DATA_FILL: Final = PAPER
NO_DATA_HATCH: Final = OUTLINE

KIM_FILL: Final = "#C9A6CD"
COMPARISON_FILL: Final = "#E0B48F"
BELOW_FILL: Final = "#B9C0C8"
"""The strongest fills of a grid's cells, above and below no difference; ``INK`` reads on them."""

BETTER_FILLS: Final = (SEQUENTIAL[0], SEQUENTIAL[1])
WORSE_FILLS: Final = (GRID, BELOW_FILL)
OTHER_FILLS: Final = (SHADE, PALE)
"""Cells of districts by indicators that stand out, and that are unusual as well: in the indicator's
hue, in grey, and paler where neither direction is better. The sign in the cell says the same."""

ERROR_FILL: Final = "#F4C7C3"
WARNING_FILL: Final = "#FFE8A3"
"""Cells of a delivery that a finding is about; their text is bold as well."""

BAND_OPACITY: Final = 0.16
PROVISIONAL_DASH: Final = "4px,4px"

FONT: Final = '"Source Sans", "Segoe UI", Arial, sans-serif'
"""The pages' own first: one typeface in text and pictures."""
TEXT_SIZE: Final = 15
SMALL_SIZE: Final = 13
TINY_SIZE: Final = 12

PRINT_FONT: Final = "Source Sans Pro"
"""Family on paper; it comes as a package, so that every machine prints the same."""
PRINT_SIZE: Final = 7.5
"""Text in printed charts, in points."""

ROW_HEIGHT: Final = 28
CHART_HEIGHT: Final = 440
MAP_HEIGHT: Final = 560

SEPARATORS: Final[Mapping[str, str]] = {"de": ",.", "en": ".,"}
"""Of decimals and thousands, by language."""

_SERIES: Final[Mapping[str, str]] = {
    "model": MODEL,
    "comparison": COMPARISON,
    "model_programme": MODEL,
    "kim": KIM,
    "applied": KIM_STEPS[0],
    "granted": KIM_STEPS[1],
    "started": KIM_STEPS[2],
    "fully_staffed": KIM_STEPS[3],
    "running_1": KIM_STEPS[0],
    "running_2": KIM_STEPS[1],
    "running_3": KIM_STEPS[3],
    "funded": KIM_STEPS[0],
    "filled": KIM_STEPS[3],
    "state": INK,
    "synthetic": KIM_STEPS[0],
    "mixed": KIM_STEPS[0],
    "published": PUBLISHED,
    "unassigned": OUTLINE,
    "own": OWN,
    "peers": PEERS,
    "others": OTHERS,
}


def series_colour(series: str) -> str:
    """Return the colour of a series by its code; grey when the code has no fixed meaning."""
    return _SERIES.get(series, NEUTRAL)


def translucent(colour: str, opacity: float = BAND_OPACITY) -> str:
    """Return ``colour`` as ``rgba(...)``, for bands that let the grid shine through."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def ink_on(fill: str) -> str:
    """Return the text colour that is readable on ``fill``."""
    return INK if contrast(INK, fill) >= TEXT_CONTRAST else PAPER


@cache
def template() -> go.layout.Template:
    """Return the template of all figures, which copy it; never registered as Plotly's default."""
    axis: dict[str, Any] = {
        "automargin": True,
        "gridcolor": GRID,
        "linecolor": OUTLINE,
        "tickcolor": OUTLINE,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": SMALL_SIZE, "color": MUTED},
        "title": {"font": {"size": SMALL_SIZE, "color": MUTED}, "standoff": 8},
        "ticklabelstandoff": 4,
    }
    layout = go.Layout(
        font={"family": FONT, "size": TEXT_SIZE, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        colorway=[NEUTRAL],
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": PAPER,
            "bordercolor": OUTLINE,
            "align": "left",
            "namelength": -1,
            "font": {"family": FONT, "size": SMALL_SIZE, "color": INK},
        },
        legend=_legend(),
        margin={"l": 8, "r": 16, "t": 16, "b": 8},
        xaxis={**axis, "showgrid": False, "showline": True, "ticks": "outside", "tickangle": 0},
        yaxis={**axis, "showline": False},
    )
    return go.layout.Template(layout=layout)


def _legend() -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.02,
        "yanchor": "bottom",
        "font": {"size": SMALL_SIZE, "color": INK},
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": "rgba(0,0,0,0)",
    }


def layout(w: Words, *, height: int = CHART_HEIGHT, credit: str = "") -> dict[str, Any]:
    """Return the layout that all figures start from.

    Args:
        w: Words of the language.
        height: Of the figure in pixels.
        credit: A licence's attribution of what is drawn; page and picture show it.
    """
    common: dict[str, Any] = {
        "template": template(),
        "separators": SEPARATORS[w.language],
        "height": height,
        "showlegend": False,
    }
    return common | ({"meta": {"credit": credit}} if credit else {})


def credit_of(figure: go.Figure) -> str:
    """Return the attribution that the licence of something drawn asks for; empty for none."""
    return str((figure.layout.meta or {}).get("credit", ""))


def legend_rows(labels: Sequence[str], width: int = 340) -> int:
    """Return how many rows a horizontal legend of ``labels`` needs on a phone of ``width`` px."""
    per_letter, symbol = 7.0, 48.0
    rows, used = 1, 0.0
    for label in labels:
        need = symbol + per_letter * len(label)
        rows, used = (rows + 1, need) if used and used + need > width else (rows, used + need)
    return rows


def note(figure: go.Figure, text: str, colour: str, **place: Any) -> None:
    """Write a short text in small type; above the drawing, unless ``place`` says otherwise.

    Args:
        figure: Where to write.
        text: As Plotly reads it.
        colour: Of the letters.
        **place: ``x``, and whatever else of an annotation differs.
    """
    above = {"y": 1, "yref": "y domain", "yanchor": "bottom", "showarrow": False}
    font = {"size": SMALL_SIZE, "color": colour}
    figure.add_annotation(text=text, font=font, **(above | place))
