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


def arrange(
    labels: Sequence[str], sections: Sequence[str], remarks: Sequence[str] | None = None
) -> Rows:
    """Place one row a label; a heading precedes each run of the same non-empty section.

    Args:
        labels: One a row.
        sections: The section of each row.
        remarks: What stands in italics below each label; none for no text.
    """
    places: list[float] = []
    headings: list[tuple[float, str]] = []
    below = remarks or [""] * len(labels)
    wrapped = tuple(_remarked(*each) for each in zip(labels, below, strict=True))
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


def _remarked(label: str, remark: str) -> str:
    """Return the wrapped label, its remark on lines of its own."""
    lines = [f"<i>{line}</i>" for line in wrap(remark).split("<br>")] if remark else []
    return "<br>".join([wrap(label), *lines])


def _more(text: str) -> float:
    """Return what a wrapped text needs beyond a row, in rows."""
    return _LINE * text.count("<br>")


def wrap(label: str, width: int = LABEL_WIDTH) -> str:
    """Break a label between words for a narrow margin."""
    return "<br>".join(hover.plain(line) for line in textwrap.wrap(label, width)) or " "
