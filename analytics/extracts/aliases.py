"""Other names of columns and codes: the one table of what districts write for what is meant.

``aliases.toml`` holds what people write; the labels of the catalogues and the codes themselves
count as aliases too, in both languages.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from analytics.extracts.contract import TABLES, Column, Kind, Table
from analytics.i18n import LANGUAGES, words

BOOLEAN: Final = "boolean"
"""The list under which spellings of yes and no are found; their codes are ``true``, ``false``."""

_FILE: Final = Path(__file__).with_name("aliases.toml")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_IGNORED: Final = re.compile(r"[^a-z0-9+]")


def normal(text: str) -> str:
    """Return ``text`` without case, umlauts, spaces and punctuation; ``+`` stays (``55+``).

    ``staging.sql`` holds the same as the macro ``normal``; a test keeps them equal.
    """
    composed = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    return _IGNORED.sub("", composed)


@dataclass(frozen=True, slots=True)
class Aliases:
    """All spellings, normalised.

    Attributes:
        columns: Table -> spelling of a header -> name of the column.
        codes: Code list -> spelling -> code.
        missing: Cells in lower case that mean that nothing is known.
        identifying: Spellings of headers that name people, such as ``nachname``.
    """

    columns: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]
    missing: tuple[str, ...]
    identifying: frozenset[str]


@cache
def aliases() -> Aliases:
    """Return the aliases, read once.

    Raises:
        ValueError: If one spelling means two columns of a table or two codes of a list.
    """
    raw = tomllib.loads(_FILE.read_text("utf-8"))
    return Aliases(
        columns={name: _columns(table, raw["columns"]) for name, table in TABLES.items()},
        codes={name: _unique(name, pairs) for name, pairs in _codes(raw["codes"]).items()},
        missing=tuple(text.lower() for text in raw["missing"]),
        identifying=frozenset(normal(text) for text in raw["identifying"]),
    )


def _columns(table: Table, raw: Mapping[str, list[str]]) -> Mapping[str, str]:
    pairs = [
        (spelling, column.name)
        for column in table.columns
        for spelling in (column.name, *_labels(column.label), *raw.get(column.name, ()))
    ]
    return _unique(table.name, pairs)


def _codes(raw: Mapping[str, Mapping[str, list[str]]]) -> dict[str, list[tuple[str, str]]]:
    lists: dict[str, list[tuple[str, str]]] = {
        BOOLEAN: [(s, code) for code, spellings in raw[BOOLEAN].items() for s in spellings]
    }
    for name, column in _coded_columns().items():
        lists[name] = [
            (spelling, code)
            for code in column.codes or ()
            for spelling in (
                code,
                *_labels(f"code.{name}.{code}"),
                *raw.get(name, {}).get(code, ()),
            )
        ]
    return lists


def _coded_columns() -> dict[str, Column]:
    columns = (column for table in TABLES.values() for column in table.of_kind(Kind.CODE))
    return {str(column.code_list): column for column in columns}


def _labels(message: str) -> Iterator[str]:
    """Yield the message in each language that has it; names of tables are no code list."""
    for language in LANGUAGES:
        if message in (messages := words(language).messages):
            yield messages[message]


def _unique(name: str, pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for spelling, meaning in pairs:
        if spellings.setdefault(normal(spelling), meaning) != meaning:
            raise ValueError(f"{name}: {spelling!r} means {meaning} and another")
    return spellings
