"""What a picture is made of: lines, areas, symbols and words in pixels, y running downwards."""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Across = Literal["left", "center", "right"]
Up = Literal["top", "middle", "bottom"]

LINE_HEIGHT = 1.3
"""Of a line of text, in sizes of the type; as Plotly has it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top

    def corners(self) -> tuple[Point, ...]:
        """Return its corners, clockwise from the upper left one."""
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks.

    Attributes:
        colour: ``#RRGGBB`` or ``rgba(…)``.
        width: In pixels.
        dash: Lengths of strokes and gaps; empty for an unbroken line.
    """

    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points.

    Attributes:
        points: In their order.
        stroke: How it looks.
        clip: Beyond it nothing is drawn.
        trace: Position of the trace that it belongs to; -1 for none.
    """

    points: tuple[Point, ...]
    stroke: Stroke
    clip: Box | None = None
    trace: int = -1


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape, with holes where its rings run inside others.

    Attributes:
        rings: Outlines.
        fill: Colour; empty for none.
        edge: Colour of the outline.
        edge_width: In pixels.
        pattern: ``/`` or ``x``, drawn over the fill in ``ink``; empty for none.
        ink: Colour of the pattern.
        clip: Beyond it nothing is drawn.
        trace: Position of the trace that it belongs to; -1 for none.
    """

    rings: tuple[tuple[Point, ...], ...]
    fill: str
    edge: str = ""
    edge_width: float = 0.0
    pattern: str = ""
    ink: str = ""
    clip: Box | None = None
    trace: int = -1


@dataclass(frozen=True, slots=True)
class Symbol:
    """The symbol at a point, under Plotly's name of its shape."""

    at: Point
    shape: str
    size: float
    fill: str
    edge: str
    edge_width: float
    clip: Box | None = None
    trace: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line of text in one cut of the type."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text.

    Attributes:
        at: Where the side or corner of the text stands that ``across`` and ``up`` name.
        lines: Each of one or several runs.
        size: Of the type in pixels.
        colour: Of the letters.
        across, up: Which side of the text stands at ``at``.
        align: How its lines stand to each other.
        turned: Whether it runs upwards.
        ground: Colour behind it; empty for none.
    """

    at: Point
    lines: tuple[tuple[Run, ...], ...]
    size: float
    colour: str
    across: Across = "left"
    up: Up = "top"
    align: Across = "center"
    turned: bool = False
    ground: str = ""


Mark = Line | Area | Symbol | Words
