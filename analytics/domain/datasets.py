"""The data sets behind the reference data: publisher, state, licence (``datasets.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from analytics.domain.areas import REFERENCE

_FILE: Final = "datasets.toml"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set.

    Attributes:
        id: Stable key.
        title: What it is called, by language.
        publisher: Who published it.
        state: The day or years that it is about.
        licence: Under which it may be used.
        attribution: The line that the licence asks for.
        files: Files of the project made from it, as paths from the project's root.
        used: What it is used for, by language.
    """

    id: str
    title: Mapping[str, str]
    publisher: str
    state: str
    licence: str
    attribution: str
    files: tuple[str, ...]
    used: Mapping[str, str]


@cache
def datasets() -> tuple[Dataset, ...]:
    """Return the data sets in the order of the file."""
    entries = tomllib.loads((REFERENCE / _FILE).read_text("utf-8"))
    return tuple(_dataset(key, entry) for key, entry in entries.items())


def _dataset(key: str, entry: dict[str, Any]) -> Dataset:
    return Dataset(
        id=key,
        title=entry["title"],
        publisher=entry["publisher"],
        state=entry["state"],
        licence=entry["licence"],
        attribution=entry["attribution"],
        files=tuple(entry["files"]),
        used=entry["used"],
    )
