"""Where axes stand in a picture: the room of all plots, and each axis' part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.charts.picture.axis import Axis
from analytics.charts.picture.described import Part
from analytics.charts.picture.marks import Box


@dataclass(frozen=True, slots=True)
class Plot:
    """The axes in their places.

    Attributes:
        room: Of all plots together, which Plotly calls paper.
        axes: By name.
    """

    room: Box
    axes: Mapping[str, Axis]

    def ends(self, axis: str) -> tuple[float, float]:
        """Return where an axis begins (left, below) and where it ends."""
        low, high = self.axes[axis].part["domain"]
        if axis[0] == "x":
            return self.room.left + low * self.room.width, self.room.left + high * self.room.width
        return (
            self.room.bottom - low * self.room.height,
            self.room.bottom - high * self.room.height,
        )

    def at(self, axis: str, number: float) -> float:
        """Return where a number of an axis stands."""
        known, (first, last) = self.axes[axis], self.ends(axis)
        return first + (number - known.low) / (known.high - known.low) * (last - first)

    def place(self, axis: str, value: Any) -> float:
        """Return where a value of an axis stands."""
        return self.at(axis, self.axes[axis].number(value))

    def referred(self, ref: str, value: Any) -> float:
        """Return where a shape or a note stands: in values, or in parts of an axis or of all."""
        way = ref[0]
        if ref == "paper":
            raise ValueError("say along which axis")
        if ref in ("paper x", "paper y"):
            room = self.room
            along = (room.left, room.right) if ref[-1] == "x" else (room.bottom, room.top)
        elif ref.endswith(" domain"):
            along = self.ends(ref.removesuffix(" domain"))
        else:
            return self.place(ref or way, value)
        return along[0] + float(value) * (along[1] - along[0])

    def box(self, trace: Part) -> Box:
        """Return the rectangle between a trace's axes."""
        left, right = self.ends(str(trace.get("xaxis", "x")))
        bottom, top = self.ends(str(trace.get("yaxis", "y")))
        return Box(left, top, right, bottom)


def ref(part: Part, way: str) -> str:
    """Return what a shape or note refers to along ``x`` or ``y``."""
    found = str(part.get(f"{way}ref", way))
    return f"paper {way}" if found == "paper" else found
