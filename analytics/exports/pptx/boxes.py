"""Where things stand on a slide, and the layouts made of them; sizes in inches and points."""

from dataclasses import dataclass
from typing import Final, Literal

from analytics.charts import theme
from analytics.charts.drawings import ESTIMATE_SHARE

EMU: Final = 914400
WIDTH: Final = 13.333
HEIGHT: Final = 7.5


@dataclass(frozen=True, slots=True)
class Box:
    """A placeholder of a layout.

    Attributes:
        name: As the selection pane shows it.
        kind: PresentationML's type; ``body`` holds text.
        index: Number that slides find it by.
        x, y, w, h: Place and size in inches.
        size: Of the text in points.
        colour: Scheme colour of the text.
        bold: Whether the text is bold.
        anchor: ``t``, ``ctr`` or ``b``.
        align: ``l``, ``ctr`` or ``r``.
        fill: Scheme colour behind the text, or none.
    """

    name: str
    kind: Literal["title", "body", "chart", "tbl", "ftr", "sldNum"]
    index: int
    x: float
    y: float
    w: float
    h: float
    size: float = 18
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout; ``background`` is a scheme colour."""

    name: str
    boxes: tuple[Box, ...]
    background: str = "bg1"


KICKER, BADGE, SENTENCE, CHART, TABLE, FOOT, NUMBER, TEXT = 13, 14, 15, 16, 17, 11, 12, 18
COURSE: Final = 19

_LEFT: Final = 0.6
_INNER: Final = WIDTH - 2 * _LEFT
_BODY_TOP: Final = 2.1
_BODY: Final = 4.45
_SIDE: Final = 4.0

FIGURE: Final = (_LEFT, _BODY_TOP, _INNER - _SIDE - 0.3, _BODY)
"""Left, top, width and height of chart and map."""

_TITLE: Final = Box("Title", "title", 0, _LEFT, 0.72, _INNER, 1.3, 28, bold=True)
_KICKER: Final = Box("Part", "body", KICKER, _LEFT, 0.3, 7.4, 0.4, 14, "tx2", anchor="ctr")
_BADGE: Final = Box(
    "Provenance", "body", BADGE, WIDTH - _LEFT - 4.3, 0.3, 4.3, 0.4, 14, bold=True, anchor="ctr",
    align="ctr", fill="bg2",
)  # fmt: skip
_FOOT: Final = Box("Source", "ftr", FOOT, _LEFT, 6.75, _INNER - 1.0, 0.5, 11, "tx2", anchor="ctr")
_NUMBER: Final = Box(
    "Slide number", "sldNum", NUMBER, WIDTH - _LEFT - 0.8, 6.75, 0.8, 0.5, 12, "tx2",
    anchor="ctr", align="r",
)  # fmt: skip
_SENTENCE: Final = Box(
    "Sentence", "body", SENTENCE, WIDTH - _LEFT - _SIDE, _BODY_TOP, _SIDE, _BODY, 18
)
_ENDS: Final = (_FOOT, _NUMBER)

TITLE: Final = Layout(
    "Title",
    (
        Box("Title", "title", 0, 1.0, 1.7, 11.0, 2.1, 40, "bg1", bold=True, anchor="b"),
        Box("Occasion", "body", TEXT, 1.0, 3.95, 11.0, 0.85, 22, "bg1"),
        Box("Data cut", "body", SENTENCE, 1.0, 4.8, 11.0, 0.5, 18, "bg1"),
        Box(
            "Provenance",
            "body",
            BADGE,
            1.1,
            5.4,
            4.6,
            0.45,
            16,
            bold=True,
            anchor="ctr",
            align="ctr",
            fill="bg1",
        ),
        Box("Source", "ftr", FOOT, 1.0, 6.6, 10.6, 0.5, 11, "bg1", anchor="ctr"),
        Box(
            "Slide number",
            "sldNum",
            NUMBER,
            11.9,
            6.6,
            0.8,
            0.5,
            12,
            "bg1",
            anchor="ctr",
            align="r",
        ),
    ),
    "accent1",
)
WITH_CHART: Final = Layout(
    "Chart", (_TITLE, _KICKER, _BADGE, Box("Chart", "chart", CHART, *FIGURE), _SENTENCE, *_ENDS)
)
WITH_TWO_CHARTS: Final = Layout(
    "Estimate above course",
    (
        _TITLE,
        _KICKER,
        _BADGE,
        Box("Chart", "chart", CHART, *FIGURE[:3], _BODY * ESTIMATE_SHARE),
        Box(
            "Course", "chart", COURSE, FIGURE[0], _BODY_TOP + _BODY * ESTIMATE_SHARE, FIGURE[2],
            _BODY * (1 - ESTIMATE_SHARE),
        ),
        _SENTENCE,
        *_ENDS,
    ),
)  # fmt: skip
WITH_MAP: Final = Layout("Map", (_TITLE, _KICKER, _BADGE, _SENTENCE, *_ENDS))
WITH_TABLE: Final = Layout(
    "Table",
    (
        _TITLE, _KICKER, _BADGE, Box("Table", "tbl", TABLE, _LEFT, _BODY_TOP, _INNER, 2.9),
        Box("Sentence", "body", SENTENCE, _LEFT, 5.6, _INNER, 1.05, 16), *_ENDS,
    ),
)  # fmt: skip
WITH_TEXT: Final = Layout(
    "Text",
    (_TITLE, _KICKER, _BADGE, Box("Text", "body", TEXT, _LEFT, _BODY_TOP, 11.4, _BODY, 22), *_ENDS),
)

LAYOUTS: Final = (TITLE, WITH_CHART, WITH_TWO_CHARTS, WITH_MAP, WITH_TABLE, WITH_TEXT)

COLOURS: Final = {
    "dk1": theme.INK,
    "lt1": theme.PAPER,
    "dk2": theme.MUTED,
    "lt2": theme.SHADE,
    "accent1": theme.MODEL,
    "accent2": theme.COMPARISON,
    "accent3": theme.KIM,
    "accent4": theme.NEUTRAL,
    "accent5": theme.SEQUENTIAL[3],
    "accent6": theme.OUTLINE,
    "hlink": theme.MODEL,
    "folHlink": theme.KIM,
}
"""The theme's colours; charts and text name them, so that a ministry's own theme recolours them."""
