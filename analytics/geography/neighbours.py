"""Which districts share a border, and how long it is."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.domain.areas import registry
from analytics.geography.files import GEOGRAPHY


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A district that shares a border of ``border_km`` with another."""

    ags: str
    border_km: float


def neighbours_of(district: str) -> tuple[Neighbour, ...]:
    """Return the districts of the state that border on ``district``, longest border first.

    Raises:
        UnknownAreaError: If the key names no district.
    """
    return _neighbours()[registry().district(district).ags]


@cache
def _neighbours() -> dict[str, tuple[Neighbour, ...]]:
    return read_neighbours(GEOGRAPHY / "neighbours.csv")


def read_neighbours(path: Path) -> dict[str, tuple[Neighbour, ...]]:
    """Read pairs ``ags,neighbour,border_km``, each pair once; every district gets an entry."""
    found: dict[str, list[Neighbour]] = {area.ags: [] for area in registry().districts}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, second, length = row["ags"], row["neighbour"], float(row["border_km"])
            found[first].append(Neighbour(second, length))
            found[second].append(Neighbour(first, length))
    return {
        ags: tuple(sorted(others, key=lambda other: (-other.border_km, other.ags)))
        for ags, others in found.items()
    }
