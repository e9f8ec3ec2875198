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
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")


def normal(text: str) -> str:
    """Return ``text`` without case, umlauts, spaces and punctuation; ``+`` stays (``55+``).

    ``staging.sql`` holds the same as the macro ``normal``; a test keeps them equal.
    """
    composed = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    return _IGNORED.sub("", composed)


def code_key(text: str) -> str:
    """Return the key under which a word of a code list is found.

    Numbers and signs count as they stand: ``1.0`` is not 10, and ``✓`` is not nothing.
    """
    plain = text.strip()
    return plain if _NUMBER.fullmatch(plain) else normal(plain) or plain


@dataclass(frozen=True, slots=True)
class Aliases:
    """All spellings, normalised.

    Attributes:
        columns: Table -> spelling of a header -> name of the column, the first of a doubtful one.
        exact: Table -> spellings that are the contract's own: names and labels.
        doubtful: Table -> spelling that may mean something else -> columns that it may mean.
        bare: Table -> spelling that says nothing by itself -> column that it stands for at need.
        codes: Code list -> key of a word, see ``code_key`` -> code.
        reasons: Code list -> key of a word -> why it has no code, of ``reason.<name>``.
        missing: Cells in lower case that mean that nothing is known.
        identifying: Spellings of headers that name people, such as ``nachname``.
    """

    columns: Mapping[str, Mapping[str, str]]
    exact: Mapping[str, frozenset[str]]
    doubtful: Mapping[str, Mapping[str, tuple[str, ...]]]
    bare: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]
    reasons: Mapping[str, Mapping[str, str]]
    missing: tuple[str, ...]
    identifying: frozenset[str]


@cache
def aliases() -> Aliases:
    """Return the aliases, read once.

    Raises:
        ValueError: If one spelling means two columns of a table or two codes of a list.
    """
    raw = tomllib.loads(_FILE.read_text("utf-8"))
    columns, doubtful = raw["columns"], raw["doubtful"]
    return Aliases(
        columns={name: _columns(table, columns, doubtful) for name, table in TABLES.items()},
        exact={name: frozenset(_own_names(table)) for name, table in TABLES.items()},
        doubtful={name: _doubtful(table, doubtful) for name, table in TABLES.items()},
        bare={name: _bare(table, raw["bare"]) for name, table in TABLES.items()},
        codes={name: _unique(name, pairs) for name, pairs in _codes(raw["codes"]).items()},
        reasons={name: _unique(name, _pairs(each)) for name, each in raw["reasons"].items()},
        missing=tuple(text.lower() for text in raw["missing"]),
        identifying=frozenset(normal(text) for text in raw["identifying"]),
    )


def _own_names(table: Table) -> Mapping[str, str]:
    return _unique(
        table.name,
        [
            (spelling, column.name)
            for column in table.columns
            for spelling in (column.name, *_labels(column.label))
        ],
    )


def _columns(
    table: Table, sure: Mapping[str, list[str]], doubtful: Mapping[str, list[str]]
) -> Mapping[str, str]:
    own = list(_own_names(table).items())
    aliases_of = [(s, column.name) for column in table.columns for s in sure.get(column.words, ())]
    first = {spelling: names[0] for spelling, names in _doubtful(table, doubtful).items()}
    return {**first, **_unique(table.name, [*own, *aliases_of])}


def _doubtful(table: Table, raw: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    """Return what each doubtful spelling may mean, in the order of the table's columns."""
    found: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        for key in map(normal, raw.get(column.words, ())):
            found[key] = (*found.get(key, ()), column.name)
    return found


def _bare(table: Table, raw: list[Mapping[str, list[str]]]) -> Mapping[str, str]:
    pairs = [
        (spelling, column.name)
        for each in raw
        for column in table.columns
        if column.words in each["columns"]
        for spelling in each["headers"]
    ]
    return _unique(table.name, pairs)


def _codes(raw: Mapping[str, Mapping[str, list[str]]]) -> dict[str, list[tuple[str, str]]]:
    lists: dict[str, list[tuple[str, str]]] = {BOOLEAN: _pairs(raw[BOOLEAN])}
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


def _pairs(spellings: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(spelling, meaning) for meaning, each in spellings.items() for spelling in each]


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
        if spellings.setdefault(code_key(spelling), meaning) != meaning:
            raise ValueError(f"{name}: {spelling!r} means {meaning} and another")
    return spellings
