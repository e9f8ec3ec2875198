"""Rows of a chart from top to bottom: one a category, with headings between sections."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from analytics.charts import hover, theme

LABEL_WIDTH: Final = 24
"""Letters a line of a row's label; longer labels wrap, so that a phone keeps room for the data."""

_HEADING_ROOM: Final = 1.0
_LINE: Final = 17 / theme.ROW_HEIGHT
"""Height of a further line of a label or heading, in rows."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each category and heading stands; downwards from 0, in rows of one line.

    Attributes:
        places: One a category, in the order given.
        labels: Wrapped for an axis.
        headings: Place and text of each section's heading.
        length: Of the axis, in rows.
    """

    places: tuple[float, ...]
    labels: tuple[str, ...]
    headings: tuple[tuple[float, str], ...]
    length: float

    @property
    def height(self) -> int:
        """Return the height of the rows in pixels."""
        return round(self.length * theme.ROW_HEIGHT)

    def axis(self) -> dict[str, Any]:
        """Return the vertical axis, first row on top, headings in bold among the labels."""
        return {
            "range": [self.length - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": [*self.places, *(place for place, _ in self.headings)],
            "ticktext": [*self.labels, *(f"<b>{text}</b>" for _, text in self.headings)],
            "tickfont": {"size": theme.SMALL_SIZE, "color": theme.INK},
            "ticklabelstandoff": 8,
        }


def arrange(labels: Sequence[str], sections: Sequence[str]) -> Rows:
    """Place one row a label; a heading precedes each run of the same non-empty section."""
    places: list[float] = []
    headings: list[tuple[float, str]] = []
    wrapped = tuple(wrap(label) for label in labels)
    cursor, current = 0.0, ""
    for section, label in zip(sections, wrapped, strict=True):
        if section and section != current:
            heading = wrap(section)
            headings.append((cursor + _more(heading) / 2, heading))
            cursor += _HEADING_ROOM + _more(heading)
        current = section
        places.append(cursor + _more(label) / 2)
        cursor += 1 + _more(label)
    return Rows(tuple(places), wrapped, tuple(headings), max(cursor, 1.0))


def _more(text: str) -> float:
    """Return what a wrapped text needs beyond a row, in rows."""
    return _LINE * text.count("<br>")


def wrap(label: str, width: int = LABEL_WIDTH) -> str:
    """Break a label between words for a narrow margin."""
    return "<br>".join(hover.plain(line) for line in textwrap.wrap(label, width)) or " "
