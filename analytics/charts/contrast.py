"""Contrast of colours after the Web Content Accessibility Guidelines 2.2."""

from typing import Final

TEXT_CONTRAST: Final = 4.5
"""Least contrast of text to its background (success criterion 1.4.3)."""

GRAPHICS_CONTRAST: Final = 3.0
"""Least contrast of what must be seen to understand a graphic (success criterion 1.4.11)."""

_LINEAR_BELOW: Final = 0.04045


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of ``#RRGGBB``.

    Raises:
        ValueError: If the text is no such colour.
    """
    if len(colour) != len("#RRGGBB") or colour[0] != "#":
        raise ValueError(f"not a colour as #RRGGBB: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def linear(channel: int) -> float:
    """Return the linear light (0 to 1) of an sRGB channel (0 to 255), IEC 61966-2-1."""
    share = channel / 255
    if share <= _LINEAR_BELOW:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 (black) to 1 (white)."""
    red, green, blue = (linear(channel) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, share: float, ground: str) -> str:
    """Return ``colour`` laid with opacity ``share`` (0 to 1) on ``ground``, as ``#RRGGBB``."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(share * top + (1 - share) * below):02X}" for top, below in pairs)
