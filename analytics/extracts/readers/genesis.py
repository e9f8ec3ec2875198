"""Reader of official statistics as GENESIS and the Regionaldatenbank export them to CSV.

Such a file starts with ``GENESIS-Tabelle: <code>`` and a preamble, has its column titles in lines
that begin with ``;;;``, then rows ``year;key;name;value;…`` and, after a line of underscores,
notes with the licence. It is Latin-1 with semicolons and decimal commas. ``-``, ``.``, ``/``,
``x`` and ``...`` stand for values that do not exist, are unknown, secret or barred; all of them
become NULL.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.source import Source, source_of

MISSING: Final = frozenset({"-", ".", "/", "x", "...", ""})
SIZE_LIMIT: Final = 64 * 1024 * 1024
"""Bytes; the largest table of the Regionaldatenbank by district and year stays far below."""

_FIRST_LINE: Final = re.compile(r"GENESIS-Tabelle: ?([A-Z0-9]+(?:-[A-Z0-9]+)*)")
# Not str.splitlines: it would also break at control characters inside a name.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_NUMBER: Final = re.compile(r"-?\d+(?:,\d+)?")
_KEYS: Final = 3
_NOTES: Final = "_____"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class GenesisTable:
    """A table that can be read: its code, and published title -> column name of each measure."""

    code: str
    measures: Mapping[str, str]


TABLES: Final[Mapping[str, GenesisTable]] = {
    "AI002-1": GenesisTable(
        "AI002-1",
        {
            "Bevölkerungsdichte (EW je qkm)": "density_per_km2",
            "Bevölkerungsentwicklung im Jahr je 10.000 EW": "change_per_10000",
            "Anteil der ausländischen Bevölkerung an der Gesamtbevölkerung": "foreign_percent",
            "Lebendgeborene je 10.000 EW": "births_per_10000",
            "Gestorbene je 10.000 EW": "deaths_per_10000",
            "Geburten-/Gestorbenenüberschuss je 10.000 EW": "natural_balance_per_10000",
            "Wanderungssaldo je 10.000 EW": "migration_balance_per_10000",
        },
    ),
    "12411-05-01-4": GenesisTable(
        "12411-05-01-4",
        {
            "Insgesamt": "mean_population",
            "männlich": "mean_population_male",
            "weiblich": "mean_population_female",
        },
    ),
}


def is_genesis(head: bytes) -> str | None:
    """Return the table code when ``head``, a file's first bytes, begin a GENESIS export."""
    first = head.removeprefix(_BYTE_ORDER_MARK).split(b"\n", 1)[0].decode("latin-1")
    match = _FIRST_LINE.fullmatch(first.strip().rstrip(";"))
    return match[1] if match else None


def read_genesis(file: Path | Source) -> pa.Table:
    """Read a GENESIS export of one of ``TABLES``.

    Returns:
        ``year`` (int16), ``ags`` (text, without padding; ``DG`` for Germany), ``name`` (text), and
        one float64 column for each measure, in the order of the file. The schema's metadata hold
        the table's ``code``.

    Raises:
        UnusableInputError: If the file is no such export, is cut off, has other columns than
            published, a line that cannot be read, or the same year and area twice.
    """
    lines = _lines(source_of(file))
    table = _table_of(lines)
    rows = list(_rows(lines, table))
    if not rows:
        raise UnusableInputError("genesis.no_rows", code=table.code)
    _refuse_duplicates(rows, table)
    return _arrow_table(rows, table)


def _lines(source: Source) -> list[str]:
    if source.size > SIZE_LIMIT:
        raise UnusableInputError("genesis.too_large", megabytes=SIZE_LIMIT // 1024**2)
    with source.open() as file:
        content = file.read()
    try:  # Saved again by an editor; German text in Latin-1 is hardly ever valid UTF-8.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return _LINE_END.split(text)


def _table_of(lines: Sequence[str]) -> GenesisTable:
    code = is_genesis(lines[0].encode("latin-1", "replace")) if lines else None
    if code is None:
        raise UnusableInputError("genesis.not_genesis")
    if code not in TABLES:
        raise UnusableInputError("genesis.unknown_table", code=code, known=", ".join(TABLES))
    table = TABLES[code]
    published = list(table.measures)
    titles = next((_titles(line) for line in lines if line.startswith(";;;")), [])
    if titles != published:
        found = "; ".join(titles)
        raise UnusableInputError(
            "genesis.other_columns", code=code, expected="; ".join(published), found=found
        )
    return table


def _titles(line: str) -> list[str]:
    return [" ".join(title.split()) for title in line.split(";")[_KEYS:]]


def _rows(lines: Sequence[str], table: GenesisTable) -> Iterator[list[str | float | None]]:
    """Yield year, key, name and the measures of each row up to the notes."""
    end = next((i for i, line in enumerate(lines) if line.startswith(_NOTES)), None)
    if end is None:
        raise UnusableInputError("genesis.cut_off", code=table.code, line=len(lines))
    in_rows = False
    for number, line in enumerate(lines[:end], start=1):
        cells = line.split(";")
        in_rows = in_rows or bool(_YEAR.fullmatch(cells[0]))
        if in_rows:
            yield _row(cells, number, table)


def _row(cells: Sequence[str], number: int, table: GenesisTable) -> list[str | float | None]:
    if len(cells) != _KEYS + len(table.measures) or not _YEAR.fullmatch(cells[0]):
        raise UnusableInputError("genesis.broken_line", code=table.code, line=number)
    values = [_value(cell, number, table) for cell in cells[_KEYS:]]
    return [cells[0], cells[1].strip(), cells[2].strip(), *values]


def _value(cell: str, number: int, table: GenesisTable) -> float | None:
    text = cell.strip()
    if text in MISSING:
        return None
    if not _NUMBER.fullmatch(text):
        raise UnusableInputError(
            "genesis.not_a_number", code=table.code, line=number, value=text[:40]
        )
    return float(text.replace(",", "."))


def _refuse_duplicates(rows: Sequence[Sequence[object]], table: GenesisTable) -> None:
    seen: set[tuple[object, object]] = set()
    for year, ags, *_ in rows:
        if (year, ags) in seen:
            raise UnusableInputError("genesis.duplicate", code=table.code, year=year, ags=ags)
        seen.add((year, ags))


def _arrow_table(rows: Sequence[Sequence[object]], table: GenesisTable) -> pa.Table:
    years, keys, names, *measures = zip(*rows, strict=True)
    columns = {
        "year": pa.array([int(str(year)) for year in years], pa.int16()),
        "ags": pa.array(keys, pa.string()),
        "name": pa.array(names, pa.string()),
    }
    for column, values in zip(table.measures.values(), measures, strict=True):
        columns[column] = pa.array(values, pa.float64())
    return pa.table(columns).replace_schema_metadata({"code": table.code})
