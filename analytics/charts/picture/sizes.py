"""In which sizes and forms pictures can be had; known without what paints them."""

from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["png", "svg"]
SizeName = Literal["wide", "narrow"]


@dataclass(frozen=True, slots=True)
class Size:
    """A size of pictures.

    Attributes:
        width: In pixels of a screen, beside whose type of 13 to 15 pixels it is drawn.
        most: The same for a figure that needs more room.
        title: Size of the finding's type.
        pixels: Least width of a PNG.
        ratio: Height in parts of the width; 0 for as high as on the page.
    """

    width: int
    most: int
    title: int
    pixels: int
    ratio: float = 0.0


SIZES: Final[dict[SizeName, Size]] = {
    # On a slide of 13.3 inches type of 13 pixels is then as large as one of 15 points.
    "wide": Size(800, 1200, 21, 1920, 9 / 16),
    # In a text column of 16 cm it is as large as one of 12 points, on a phone as on its screen.
    "narrow": Size(480, 480, 18, 1440),
}
MEDIA: Final[dict[Form, str]] = {"png": "image/png", "svg": "image/svg+xml"}
"""Media type by form."""
