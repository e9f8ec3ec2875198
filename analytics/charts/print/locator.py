"""Where a district and its peers lie, as a small map for paper."""

from functools import cache
from typing import Final

from analytics.charts import theme
from analytics.charts.print.shapes import svg_path
from analytics.geography.boundaries import district_boundaries
from analytics.geography.plane import Plane
from analytics.reports.basis.exhibit import Exhibit

_WIDTH: Final = 400
"""Of the drawing in its own units: fine enough for paper, few enough digits for a small file."""

_MARGIN: Final = 1
_FILLS: Final = {"own": theme.OWN, "peers": theme.STAGES[0], "others": theme.PAPER}
_ORDER: Final = ("others", "peers", "own")


def printed_locator(exhibit: Exhibit) -> str:
    """Return the districts of the state as SVG, the own one and its peers filled.

    Args:
        exhibit: RING MAP rows ``key, role``.
    """
    paths, height = _outlines()
    frame = exhibit.table.frame
    roles = dict(zip(frame["key"], frame["role"], strict=True))
    drawn = sorted(paths, key=lambda key: _ORDER.index(roles.get(key, "others")))
    body = "".join(
        f'<path d="{paths[key]}" fill="{_FILLS[roles.get(key, "others")]}"/>' for key in drawn
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}"><g stroke="{theme.OUTLINE}" stroke-width="0.8" '
        f'stroke-linejoin="round" fill-rule="evenodd">{body}</g></svg>'
    )


def locator_fill(role: str) -> str:
    """Return the fill of a role, for the legend beside the map."""
    return _FILLS[role]


@cache
def _outlines() -> tuple[dict[str, str], int]:
    """Return the path of each district, and the height of the drawing."""
    features = district_boundaries()["features"]
    plane = Plane.fitting(features, _WIDTH - 2 * _MARGIN, left=_MARGIN, top=_MARGIN)
    paths = {feature["id"]: svg_path(feature, plane) for feature in features}
    return paths, round(plane.height) + 2 * _MARGIN
