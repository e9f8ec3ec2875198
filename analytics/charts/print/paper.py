"""What printed charts share: their sheet, type and colours. The same rows give the same bytes.

Text stays text in the SVG: the document sets it in its own embedded font, which is measured here.
"""

import io
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Final

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from analytics.charts import theme

FONT_FILES: Final = tuple(
    f"SourceSansPro-{cut}.ttf" for cut in ("Regular", "Semibold", "Bold", "It")
)
"""Cuts that the document uses; the package has each in two formats, which would be a coin toss."""

_MM_PER_INCH: Final = 25.4
_LINE: Final = 0.6
_STYLE: Final[Any] = {
    "font.family": [theme.PRINT_FONT],
    "text.color": theme.INK,
    "axes.edgecolor": theme.OUTLINE,
    "axes.labelcolor": theme.MUTED,
    "axes.linewidth": _LINE,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": theme.GRID,
    "grid.linewidth": _LINE,
    "xtick.color": theme.OUTLINE,
    "xtick.labelcolor": theme.MUTED,
    "xtick.major.width": _LINE,
    "xtick.major.size": 2.5,
    "ytick.labelcolor": theme.MUTED,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.handlelength": 1.4,
    "legend.handletextpad": 0.5,
    "legend.columnspacing": 1.2,
    "legend.borderpad": 0,
    "legend.borderaxespad": 0,
    "svg.fonttype": "none",
    "svg.hashsalt": "district",
    "path.simplify": False,
}
# Settings and font files of matplotlib belong to the process; a server draws in many threads.
_DRAWING: Final = Lock()


def font_folder() -> Path:
    """Return the folder that the packaged font was installed to."""
    return Path(str(files("font_source_sans_pro"))) / "files"


def printable(text: str) -> str:
    """Return the text with ``?`` for each sign that the font lacks; PDF/UA allows no empty box."""
    whole = unicodedata.normalize("NFC", text)
    return whole.translate(dict.fromkeys(map(ord, unprintable(whole)), "?"))


def unprintable(text: str) -> str:
    """Return the signs of the text that the font lacks, each once."""
    known = _signs()
    whole = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(sign for sign in whole if ord(sign) not in known))


def sheet(width: float, height: float, points: float, paint: Callable[[Axes], None]) -> str:
    """Return what ``paint`` draws on axes of their own as SVG text.

    Args:
        width: In millimetres.
        height: In millimetres.
        points: Size of the type.
        paint: Draws on the axes that it is given, whose margins follow from their texts.
    """
    target = io.StringIO()
    with drawing(_STYLE | {"font.size": points, "axes.labelsize": points}):
        figure = Figure(figsize=(width / _MM_PER_INCH, height / _MM_PER_INCH))
        figure.set_layout_engine("constrained", w_pad=0.01, h_pad=0.01, wspace=0, hspace=0)
        paint(figure.add_subplot())
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


@contextmanager
def drawing(style: Any) -> Iterator[None]:
    """Draw alone, in the packaged font; only there may matplotlib be asked for anything.

    Args:
        style: Settings of matplotlib that hold meanwhile.
    """
    with _DRAWING, matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a layout too tight is seen on the page
        _know_font()
        yield


@cache
def _signs() -> frozenset[int]:
    charmaps = [FT2Font(str(font_folder() / name)).get_charmap() for name in FONT_FILES]
    return frozenset(charmaps[0]).intersection(*charmaps[1:])


@cache
def _know_font() -> None:
    """Let matplotlib measure with the packaged font, whatever the machine has installed."""
    known = font_manager.fontManager
    for name in FONT_FILES:
        known.addfont(font_folder() / name)
    # Of equally good matches the first is taken.
    added = known.ttflist[-len(FONT_FILES) :]
    known.ttflist[:] = [*added, *known.ttflist[: -len(FONT_FILES)]]
