"""How many lines a text takes on a slide, measured with the packaged font."""

from matplotlib.ft2font import FT2Font

from analytics.charts.print.paper import font_folder

ARIAL = 1.1
"""Arial bold, which PowerPoint sets, is so much wider than the packaged font; rounded up."""


def lines(text: str, size: float, inches: float, *, wider: float = ARIAL) -> int:
    """Return the lines that a text set in bold takes in a box so many inches wide."""
    font = FT2Font(str(font_folder() / "SourceSansPro-Bold.ttf"))
    font.set_size(size, 72)
    count, line = 1, ""
    for word in text.split(" "):
        tried = f"{line} {word}".strip()
        if line and _width(font, tried) * wider > inches * 72:
            count, line = count + 1, word
        else:
            line = tried
    return count


def _width(font: FT2Font, text: str) -> float:
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64
