"""The boundary files of ``data/geography`` and how they are read; geopandas loads on first use."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analytics.domain.areas import REFERENCE, UnknownAreaError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

GEOGRAPHY: Final = REFERENCE.parent / "geography"
LONGITUDE_LATITUDE: Final = "EPSG:4326"
METRES: Final = "EPSG:25832"
"""ETRS89 / UTM zone 32N, in which the state's surveyors measure."""


@cache
def layer(name: str) -> "GeoDataFrame":
    """Return ``districts`` or ``municipalities`` in degrees, indexed by AGS; not to be changed."""
    return read_layer(GEOGRAPHY / f"{name}.parquet")


def read_layer(path: Path) -> "GeoDataFrame":
    """Read a GeoParquet file with a column ``ags``, which becomes the index."""
    import geopandas

    return geopandas.read_parquet(path).set_index("ags")


def geometries(keys: tuple[str, ...]) -> "GeoSeries":
    """Return the shapes of districts (AGS-5) and municipalities (AGS-8), in the keys' order.

    Raises:
        UnknownAreaError: If a key names no such area.
    """
    import geopandas
    import pandas

    known = pandas.concat([layer("districts").geometry, layer("municipalities").geometry])
    if unknown := [key for key in keys if key not in known.index]:
        raise UnknownAreaError(", ".join(unknown))
    return geopandas.GeoSeries(known.loc[list(keys)], crs=LONGITUDE_LATITUDE)
