"""Building all reference data that come from the official sources.

``districts.csv`` also holds what no source gives: short names, the number-plate letters and the
place in the tile grid. Those columns are kept; the official ones are taken from the sources.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE, AreaRegistry, read_registry
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.official import published_population, updated_population
from analytics.extracts.readers.genesis import read_genesis
from analytics.extracts.readers.gvisys import read_districts
from analytics.extracts.source_packages import read_features, unpack_statistics
from analytics.geography import build

STATE: Final = "05"
REGISTER_YEAR: Final = 2019
_PROGRAMME: Final = "programme.toml"
_KINDS: Final = {"Stadt": "town", "Gemeinde": "municipality"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The contents of the two packages that are needed.

    ``register`` is the table of districts (GV-ISys), ``shares`` and ``means`` the two GENESIS
    exports, ``districts`` and ``municipalities`` the boundaries of the state as GeoJSON features.
    """

    register: pa.Table
    shares: pa.Table
    means: pa.Table
    districts: Sequence[Mapping[str, Any]]
    municipalities: Sequence[Mapping[str, Any]]


def read_sources(boundaries: Path, statistics: Path, scratch: Path) -> Sources:
    """Read both archives, using ``scratch`` for the unpacked statistics."""
    files = unpack_statistics(statistics, scratch)
    return Sources(
        register=read_districts(files["04-kreise.xlsx"]),
        shares=read_genesis(files["AI002-1.csv"]),
        means=read_genesis(files["12411-05-01-4.csv"]),
        districts=read_features(boundaries, "kreise", STATE),
        municipalities=read_features(boundaries, "gemeinden", STATE),
    )


def build_reference(sources: Sources, folder: Path) -> list[Path]:
    """Write ``reference`` and ``geography`` below ``folder``; return the files in order.

    Raises:
        UnusableInputError: If the sources do not hold the districts of the registry.
    """
    reference, geography = folder / "reference", folder / "geography"
    reference.mkdir(parents=True, exist_ok=True)
    geography.mkdir(parents=True, exist_ok=True)
    programme = (REFERENCE / _PROGRAMME).read_bytes()
    (reference / _PROGRAMME).write_bytes(programme)
    written = [
        _write_districts(sources.register, reference / "districts.csv"),
        _write_municipalities(sources.municipalities, reference / "municipalities.csv"),
    ]
    areas = read_registry(reference)
    written.append(_write_population(sources, areas, reference / "population.parquet"))
    return [*written, *_write_geography(sources, areas, geography)]


def _write_geography(sources: Sources, areas: AreaRegistry, folder: Path) -> list[Path]:
    names = ("municipalities.parquet", "districts.parquet", "neighbours.csv")
    paths = [folder / name for name in names]
    municipalities = build.municipality_layer(sources.municipalities, areas)
    build.write_layer(municipalities, paths[0])
    build.write_layer(build.district_layer(municipalities, areas), paths[1])
    pairs = build.neighbour_rows(sources.districts, areas)
    _write_csv(paths[2], ("ags", "neighbour", "border_km"), pairs)
    return paths


def _write_districts(register: pa.Table, path: Path) -> Path:
    official = {row["ags"]: row for row in register.to_pylist()}
    with (REFERENCE / "districts.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or []), list(reader)
    keys = {key for key in official if key.startswith(STATE)}
    if keys != {row["ags"] for row in rows}:
        difference = ", ".join(sorted(keys ^ {row["ags"] for row in rows}))
        raise UnusableInputError("source.other_areas", areas=difference)
    for row in rows:
        row["nuts3"] = official[row["ags"]]["nuts3"]
        row["area_km2"] = f"{official[row['ags']]['area_km2']:.2f}"
    return _write_csv(path, columns, ([row[column] for column in columns] for row in rows))


def _write_municipalities(features: Iterable[Mapping[str, Any]], path: Path) -> Path:
    published = [feature["properties"] for feature in features]
    rows = sorted((p["AGS"], p["GEN"], _KINDS[p["BEZ"]], p["AGS"][:5]) for p in published)
    return _write_csv(path, ("ags", "name", "kind", "district"), rows)


def _write_population(sources: Sources, areas: AreaRegistry, path: Path) -> Path:
    rows = published_population(sources.register, REGISTER_YEAR, areas)
    rows = updated_population(sources.shares, rows, areas)
    rows = updated_population(sources.means, rows, areas)
    pq.write_table(rows, path, compression="zstd")
    return path


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path
