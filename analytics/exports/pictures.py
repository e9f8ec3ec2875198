"""A figure as a picture to take away: what the screen shows, with all that must travel with it."""

from analytics.charts.figures import Draw
from analytics.charts.picture.sizes import Form, SizeName
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit


def picture_bytes(exhibit: Exhibit, draw: Draw, size: SizeName, form: Form, w: Words) -> bytes:
    """Return the file of a figure's picture.

    Args:
        exhibit: What is shown.
        draw: Draws it on the screen.
        size: Of the picture.
        form: Of the file.
        w: Words of the language.

    Raises:
        UnknownPartError: If the figure uses a part of Plotly that cannot be painted.
    """
    # Matplotlib is loaded by the first who wants a picture, not by every page.
    from analytics.charts.picture.sheet import picture

    return picture(draw(exhibit, w), exhibit, size, form, w)
