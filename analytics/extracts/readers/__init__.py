"""Readers of the forms in which data are delivered and published.

``read`` takes any of them; what a file is follows from its content, not from its name.
"""

from dataclasses import replace
from pathlib import Path

from analytics.extracts.contract import POPULATION, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.csv_file import read_csv
from analytics.extracts.readers.delivery import LINE, Delivery, FileFacts, FileFormat, Note
from analytics.extracts.readers.files import sniff
from analytics.extracts.readers.genesis import read_genesis
from analytics.extracts.readers.parquet_file import read_parquet
from analytics.extracts.readers.source import Source, source_of
from analytics.extracts.readers.xlsx_file import read_xlsx

__all__ = ["LINE", "Delivery", "FileFacts", "FileFormat", "Note", "Source", "read"]


def read(file: Path | Source, table: Table, told: Instructions = NOTHING_TOLD) -> Delivery:
    """Read a delivered file, on the disk or in memory, as rows of ``table``, all cells as text.

    What the sender has told goes along with the delivery; ``check`` heeds it as well.

    Raises:
        UnusableInputError: If nothing can be taken from the file; the message says why.
    """
    source = source_of(file)
    found = sniff(source)
    if found is FileFormat.GENESIS:
        return _read_official(source, table)
    readers = {
        FileFormat.CSV: read_csv,
        FileFormat.XLSX: read_xlsx,
        FileFormat.PARQUET: read_parquet,
    }
    return replace(readers[found](source, table, told), told=told)


def _read_official(source: Source, table: Table) -> Delivery:
    if table is not POPULATION:
        raise UnusableInputError("reader.official_table", table=table.name)
    export = read_genesis(source)
    code = (export.schema.metadata or {}).get(b"code", b"").decode()
    facts = FileFacts(FileFormat.GENESIS, source.size, sheet=code)
    empty = table.schema.empty_table().append_column(LINE, [[]])
    return Delivery(source, table, empty, {}, (), facts, official=export)
