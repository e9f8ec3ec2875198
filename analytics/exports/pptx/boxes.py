"""Where things stand on a slide, and the layouts made of them; sizes in inches and points."""

from dataclasses import dataclass, replace
from typing import Final, Literal

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
        prompt: Message that asks to fill it, where that is left to the presenter.
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
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout; ``background`` is a scheme colour, ``lines`` are heights of lines to write on."""

    name: str
    boxes: tuple[Box, ...]
    background: str = "bg1"
    lines: tuple[float, ...] = ()


KICKER, BADGE, SENTENCE, CHART, TABLE, FOOT, NUMBER, TEXT = 13, 14, 15, 16, 17, 11, 12, 18
BIG, SECOND, OPEN = 20, 21, 22

_LEFT: Final = 0.6
_INNER: Final = WIDTH - 2 * _LEFT
_BODY_TOP: Final = 1.95
_BODY: Final = 4.65
_PICTURE: Final = 0.62 * WIDTH
_GAP: Final = 0.35
_SIDE: Final = _INNER - _PICTURE - _GAP
_BIG: Final = 0.95
_HALF: Final = (_INNER - 0.6) / 2

FIGURE: Final = (_LEFT, _BODY_TOP, _PICTURE, _BODY)
"""Left, top, width and height of chart and map."""

EDGE: Final = (0.0, 0.0, 0.16, HEIGHT)
"""The hatched edge that marks what is made up."""

_TITLE: Final = Box("Title", "title", 0, _LEFT, 0.8, _INNER, 0.98, 28, bold=True)
_KICKER: Final = Box("Part", "body", KICKER, _LEFT, 0.3, 6.6, 0.4, 18, "tx2", anchor="ctr")
_BADGE: Final = Box(
    "Provenance", "body", BADGE, WIDTH - _LEFT - 5.3, 0.3, 5.3, 0.4, 18, bold=True, anchor="ctr",
    align="ctr", fill="bg2",
)  # fmt: skip
_FOOT: Final = Box("Source", "ftr", FOOT, _LEFT, 6.75, _INNER - 1.0, 0.55, 12, "tx2", anchor="ctr")
_NUMBER: Final = Box(
    "Slide number", "sldNum", NUMBER, WIDTH - _LEFT - 0.8, 6.75, 0.8, 0.55, 12, "tx2",
    anchor="ctr", align="r",
)  # fmt: skip
_RIGHT: Final = WIDTH - _LEFT - _SIDE
_LINES: Final = Box("Lines", "body", SENTENCE, _RIGHT, _BODY_TOP, _SIDE, _BODY, 20)
_BIG_NUMBER: Final = Box(
    "Number", "body", BIG, _RIGHT, _BODY_TOP, _SIDE, _BIG, 54, "accent1", bold=True
)
_BELOW_BIG: Final = replace(_LINES, y=_BODY_TOP + _BIG, h=_BODY - _BIG)
_CHART: Final = Box("Chart", "chart", CHART, *FIGURE)
_HEAD: Final = (_TITLE, _KICKER, _BADGE)
_ENDS: Final = (_FOOT, _NUMBER)

TITLE: Final = Layout(
    "Title",
    (
        Box("Title", "title", 0, 1.0, 1.7, 11.0, 2.1, 40, "bg1", bold=True, anchor="b"),
        Box("Occasion", "body", TEXT, 1.0, 3.95, 11.0, 0.85, 22, "bg1"),
        Box("Data cut", "body", SENTENCE, 1.0, 4.8, 11.0, 0.5, 18, "bg1"),
        replace(_BADGE, x=1.0, y=5.4, h=0.5, fill="bg1"),
        replace(_FOOT, x=1.0, y=6.6, w=10.6, colour="bg1"),
        replace(_NUMBER, x=11.9, y=6.6, colour="bg1"),
    ),
    "accent1",
)
WITH_CHART: Final = Layout("Chart", (*_HEAD, _CHART, _LINES, *_ENDS))
WITH_NUMBER: Final = Layout("Chart and number", (*_HEAD, _CHART, _BIG_NUMBER, _BELOW_BIG, *_ENDS))
WITH_MAP: Final = Layout("Map", (*_HEAD, _LINES, *_ENDS))
WITH_TABLE: Final = Layout(
    "Table",
    (
        *_HEAD, Box("Table", "tbl", TABLE, _LEFT, _BODY_TOP, _INNER, 3.7),
        Box("Lines", "body", SENTENCE, _LEFT, 5.95, _INNER, 0.7), *_ENDS,
    ),
)  # fmt: skip
WITH_TEXT: Final = Layout(
    "Text", (*_HEAD, Box("Text", "body", TEXT, _LEFT, _BODY_TOP, 11.4, _BODY, 22), *_ENDS)
)
WITH_PARTS: Final = Layout(
    "Two texts",
    (
        *_HEAD,
        Box("First text", "body", TEXT, _LEFT, _BODY_TOP, _HALF, _BODY, 20),
        Box("Second text", "body", SECOND, WIDTH - _LEFT - _HALF, _BODY_TOP, _HALF, _BODY, 20),
        *_ENDS,
    ),
)
TO_FILL: Final = Layout(
    "To fill in",
    (
        *_HEAD,
        Box("Place to fill in", "body", OPEN, _LEFT, _BODY_TOP, _INNER, _BODY, 24,
            prompt="report_deck.next_prompt"),
        *_ENDS,
    ),
    lines=tuple(_BODY_TOP + _BODY * part / 5 for part in range(1, 6)),
)  # fmt: skip

LAYOUTS: Final = (
    TITLE, WITH_CHART, WITH_NUMBER, WITH_MAP, WITH_TABLE, WITH_TEXT, WITH_PARTS, TO_FILL,
)  # fmt: skip
