"""Our colours as those of a theme: its own ones, and steps of them lighter or darker.

Nothing in a file names a colour of ours, so a ministry's theme recolours text, charts and map.
"""

from collections.abc import Mapping
from colorsys import rgb_to_hls
from typing import Final

from analytics.charts import theme

OWN: Final[Mapping[str, str]] = {
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
    "hlink": theme.ACTION,
    "folHlink": theme.ACTION,
}
"""The theme's colours, where no template brings others."""

_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "bg1": (theme.GRID, theme.PALE, theme.BELOW_FILL),
    "tx2": (theme.PUBLISHED, theme.ACTION),
    "accent1": (theme.MODEL_FILL,),
    "accent2": (theme.COMPARISON_FILL,),
    "accent3": (*theme.KIM_STEPS, theme.KIM_FILL),
    "accent4": theme.STAGES,
    "accent5": theme.SEQUENTIAL,
}
"""Colours that are steps of another one of the theme."""

_ON_SLIDES: Final = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
"""What slides call the first four: a template may exchange light and dark."""


def colour_xml(colour: str, *, is_clear: bool = False) -> str:
    """Return one of our colours as the theme's.

    Args:
        colour: Of ``charts/theme.py``.
        is_clear: Whether it lets through what lies below.

    Raises:
        KeyError: If it has no place in a theme.
    """
    base, change = _PLACES[colour]
    change += '<a:alpha val="50000"/>' if is_clear else ""
    return f'<a:schemeClr val="{base}">{change}</a:schemeClr>'


def fill_xml(colour: str, *, is_clear: bool = False) -> str:
    """Return a plain fill in one of our colours."""
    return f"<a:solidFill>{colour_xml(colour, is_clear=is_clear)}</a:solidFill>"


def pattern_xml(name: str, ink: str, ground: str) -> str:
    """Return a fill of a pattern that DrawingML knows by name, in two of our colours."""
    return (
        f'<a:pattFill prst="{name}"><a:fgClr>{colour_xml(ink)}</a:fgClr>'
        f"<a:bgClr>{colour_xml(ground)}</a:bgClr></a:pattFill>"
    )


def _change(own: str, wanted: str) -> str:
    """Return how a colour is made so much lighter or darker as ours are apart.

    The share of the way to white or black is kept, so that steps stay in order in any theme.
    """
    start, end = _lightness(own), _lightness(wanted)
    if end < start:
        return f'<a:lumMod val="{_share(end / start)}"/>'
    part = (end - start) / (1 - start)
    return f'<a:lumMod val="{_share(1 - part)}"/><a:lumOff val="{_share(part)}"/>'


def _lightness(colour: str) -> float:
    return rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[1]


def _share(value: float) -> int:
    return round(100_000 * value)


def _places() -> dict[str, tuple[str, str]]:
    """Return for each of our colours the theme's that it is made of, and how."""
    links = ("hlink", "folHlink")
    own = {_ON_SLIDES.get(name, name): c for name, c in OWN.items() if name not in links}
    steps = {
        colour: (base, _change(own[base], colour))
        for base, colours in _STEPS.items()
        for colour in colours
    }
    return steps | {colour: (name, "") for name, colour in own.items()}


_PLACES: Final[Mapping[str, tuple[str, str]]] = _places()
