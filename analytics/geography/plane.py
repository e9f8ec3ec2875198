"""Boundaries laid flat, for maps that are drawn without a library of maps: slides and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, inf, radians

from analytics.geography.boundaries import Feature

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Plane:
    """From degrees to the units of a drawing whose y runs downwards.

    Longitude is shortened as at the middle latitude: over one state that is no worse than the
    width of a line.

    Attributes:
        west, north: Degrees of the drawing's upper left corner.
        stretch: Length of a degree of longitude, in degrees of latitude.
        scale: Units of the drawing a degree of latitude.
        left, top: Place of that corner in the drawing.
        width, height: Extent of what was laid flat.
    """

    west: float
    north: float
    stretch: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def fitting(
        cls,
        features: Iterable[Feature],
        width: float,
        height: float = inf,
        *,
        left: float = 0.0,
        top: float = 0.0,
    ) -> "Plane":
        """Return the plane on which the features are as large as the given box allows."""
        points = [point for feature in features for ring in rings(feature) for point in ring]
        lon, lat = [p[0] for p in points], [p[1] for p in points]
        stretch = cos(radians((min(lat) + max(lat)) / 2))
        wide, high = (max(lon) - min(lon)) * stretch, max(lat) - min(lat)
        scale = min(width / wide, height / high)
        return cls(min(lon), max(lat), stretch, scale, left, top, wide * scale, high * scale)

    def place(self, point: Sequence[float]) -> tuple[int, int]:
        """Return where a point of longitude and latitude lies, in whole units."""
        return (
            round(self.left + (point[0] - self.west) * self.stretch * self.scale),
            round(self.top + (self.north - point[1]) * self.scale),
        )


def rings(feature: Feature) -> list[Ring]:
    """Return the outlines of an area and of its holes, whatever its kind of polygon."""
    coordinates = feature["geometry"]["coordinates"]
    polygons = [coordinates] if feature["geometry"]["type"] == "Polygon" else coordinates
    return [ring for polygon in polygons for ring in polygon]
