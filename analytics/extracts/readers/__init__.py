"""Readers of the forms in which data are delivered and published.

``read`` takes any of them; what a file is follows from its content, not from its name.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from analytics.extracts.contract import POPULATION, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.archive import unpacked_source
from analytics.extracts.readers.assemble import OTHER_TABLE_ROWS, assemble, tables_of
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.csv_file import read_csv
from analytics.extracts.readers.delivery import (
    LINE,
    Aside,
    BlockFacts,
    Delivery,
    FileFacts,
    FileFormat,
    Note,
    Reading,
    Use,
)
from analytics.extracts.readers.ffcsv import read_ffcsv
from analytics.extracts.readers.files import sniff
from analytics.extracts.readers.genesis import read_genesis
from analytics.extracts.readers.html_file import read_html
from analytics.extracts.readers.parquet_file import read_parquet
from analytics.extracts.readers.reshaping.pseudonyms import kept_in as store_secret
from analytics.extracts.readers.reshaping.pseudonyms import of_session as session_secret
from analytics.extracts.readers.source import Source, source_of
from analytics.extracts.readers.xlsx_file import read_workbook

__all__ = [
    "LINE",
    "OFFICIAL",
    "OTHER_TABLE_ROWS",
    "Aside",
    "Block",
    "BlockFacts",
    "Delivery",
    "FileFacts",
    "FileFormat",
    "Note",
    "Source",
    "Use",
    "read",
    "session_secret",
    "store_secret",
    "tables_in",
]

OFFICIAL = frozenset({FileFormat.GENESIS, FileFormat.FFCSV})
"""Forms in which official statistics are published."""


def read(file: Path | Source, table: Table, told: Instructions = NOTHING_TOLD) -> Delivery:
    """Read a delivered file, on the disk or in memory, as rows of ``table``, all cells as text.

    What the sender has told goes along with the delivery; ``check`` heeds it as well.

    Raises:
        UnusableInputError: If nothing can be taken from the file; the message says why.
    """
    source = source_of(file)
    content, inside = unpacked_source(source)
    found = sniff(content)
    if found is FileFormat.GENESIS:
        return _read_official(source, content, table)
    if found is FileFormat.FFCSV:
        return replace(read_ffcsv(content, table), source=source)
    reading = _reading(content, found, told)
    facts = replace(reading.facts, size=source.size, inside=inside)
    return assemble(source, replace(reading, facts=facts), table, told)


def tables_in(source: Source, told: Instructions = NOTHING_TOLD) -> Mapping[str, int]:
    """Return the tables that a file holds and how many rows each has; none if it cannot be read."""
    try:
        content, _ = unpacked_source(source)
        found = sniff(content)
        if found in OFFICIAL:
            return {POPULATION.name.value: 0}
        return tables_of(_reading(content, found, told), told)
    except UnusableInputError:
        return {}


def _reading(source: Source, found: FileFormat, told: Instructions) -> Reading:
    match found:
        case FileFormat.XLSX | FileFormat.ODS:
            return read_workbook(source, found)
        case FileFormat.HTML:
            return read_html(source)
        case FileFormat.PARQUET:
            return read_parquet(source, told)
        case _:
            return read_csv(source, told)


def _read_official(source: Source, content: Source, table: Table) -> Delivery:
    if table is not POPULATION:
        raise UnusableInputError("reader.official_table", table=table.name)
    export = read_genesis(content)
    code = (export.schema.metadata or {}).get(b"code", b"").decode()
    block = BlockFacts(Use.READ, export.num_rows)
    facts = FileFacts(FileFormat.GENESIS, source.size, sheet=code, blocks=(block,))
    empty = table.schema.empty_table().append_column(LINE, [[]])
    return Delivery(source, table, empty, {}, (), facts, official=export)
