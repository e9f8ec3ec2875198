"""Delivered text to typed rows in DuckDB, on which the rules are run.

Tables and views of the connection: ``staged`` (``line``, every column of the contract typed, its
text as ``<column>__text``, notes on its cells as ``<column>__note``, ``row_key``, ``content``),
``terms`` (one row: data cut, district, table, key of the state, columns that were not delivered),
``districts``, ``municipalities``, ``units``, ``contract_columns``, and where given ``cases`` and
``previous``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa
from duckdb import (
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    FunctionExpression,
)

from analytics.domain.areas import AreaRegistry
from analytics.extracts.contract import STATE, TABLES, Table
from analytics.extracts.readers import LINE, Delivery
from analytics.extracts.staged_columns import StagedColumns, staged_columns
from analytics.settings import settings

_MACROS: Final = Path(__file__).with_name("staging.sql")
_TERMS: Final = """
    CREATE TABLE terms AS
    SELECT
        $as_of::DATE AS as_of, $district::VARCHAR AS district,
        $table_name::VARCHAR AS table_name, $state::VARCHAR AS state,
        $absent::VARCHAR[] AS absent
"""


@contextmanager
def database(*, spills: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that cannot read files or the network.

    Args:
        spills: Whether work beyond the memory limit may go to a folder that is gone afterwards;
            without it such work fails.
    """
    given = settings()
    with _spill_folder(spills) as spill, duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = $n", {"n": given.threads})
        connection.execute("SET memory_limit = $n", {"n": given.memory_limit})
        connection.execute("SET temp_directory = $n", {"n": spill})
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        yield connection


def _spill_folder(spills: bool) -> AbstractContextManager[str]:
    # DuckDB takes the empty text for "none".
    return TemporaryDirectory() if spills else nullcontext("")


def stage(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    registry: AreaRegistry,
    *,
    as_of: date,
    district: str | None,
    unit: str | None = None,
) -> StagedColumns:
    """Create ``staged`` and what the rules compare it with; return its columns.

    ``district`` is the sender's, ``unit`` its own key where that is a town's.
    """
    table = delivery.table
    connection.execute(_MACROS.read_text("utf-8"))
    _create_lists(connection, registry)
    connection.execute(
        _TERMS,
        {
            "as_of": as_of,
            "district": district,
            "table_name": table.name.value,
            "state": STATE,
            "absent": [name for name in table.column_names if name not in delivery.headers],
        },
    )
    staged = staged_columns(delivery, registry, as_of=as_of, district=district, unit=unit)
    columns = {LINE: delivery.cells.column(LINE)}
    columns |= {name: cells.values for name, cells in staged.cells.items()}
    columns |= {text_name(name): text for name, text in staged.texts.items()}
    columns |= {
        note_name(name): cells.notes
        for name, cells in staged.cells.items()
        if cells.notes is not None
    }
    rows = connection.from_arrow(pa.table(columns))
    content = FunctionExpression("hash", *map(ColumnExpression, table.column_names))
    silent = [
        ConstantExpression(None).cast("VARCHAR").alias(note_name(name))
        for name, cells in staged.cells.items()
        if cells.notes is None
    ]
    everything = [*map(ColumnExpression, columns), *silent]
    rows.select(*everything, _key(table).alias("row_key"), content.alias("content")).create_view(
        "staged"
    )
    return staged


def text_name(column: str) -> str:
    """Return the name under which ``staged`` holds a column's text."""
    return f"{column}__text"


def note_name(column: str) -> str:
    """Return the name under which ``staged`` holds what there is to say about a column's cells."""
    return f"{column}__note"


def show_field(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    """Let the view ``field`` show one column of ``staged``, and ``previous_field`` its past."""
    staged = connection.table("staged")
    text, value = ColumnExpression(text_name(column)), ColumnExpression(column)
    note = ColumnExpression(note_name(column)).alias("note")
    field = (ColumnExpression(LINE), text.alias("text"), value.alias("value"), note)
    staged.select(*field).create_view("field", replace=True)


def show_pair(connection: duckdb.DuckDBPyConnection, column: str, other: str) -> None:
    """Let the view ``pair`` show two columns of ``staged``, the other with name, text and notes."""
    pair = (
        ColumnExpression(column).alias("value"),
        ColumnExpression(other).alias("other"),
        ConstantExpression(other).alias("other_name"),
        ColumnExpression(text_name(other)).alias("other_text"),
        ColumnExpression(note_name(other)).alias("other_note"),
    )
    shown = connection.table("staged").select(ColumnExpression(LINE), *pair)
    shown.create_view("pair", replace=True)


def show_previous_field(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    """Let the view ``previous_field`` show one column of ``previous``."""
    value = ColumnExpression(column).alias("value")
    connection.view("previous").select(value).create_view("previous_field", replace=True)


def _create_lists(connection: duckdb.DuckDBPyConnection, registry: AreaRegistry) -> None:
    columns = [
        {"table_name": name, "column_name": column}
        for name, each in TABLES.items()
        for column in each.column_names
    ]
    towns = [{"ags": area.ags, "district": area.district} for area in registry.municipalities]
    units = {a.code for a in registry.evaluation_units} | {a.ags for a in registry.kim_units}
    _create(connection, "contract_columns", columns)
    _create(connection, "municipalities", towns)
    _create(connection, "districts", [{"ags": area.ags} for area in registry.districts])
    _create(connection, "units", [{"key": key} for key in sorted(units)])


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, str]]
) -> None:
    fields = [pa.field(column, pa.string()) for column in rows[0]]
    connection.from_arrow(pa.Table.from_pylist(list(rows), pa.schema(fields))).create(name)


def _key(table: Table) -> Expression:
    """Return the row's key as one text, NULL where a required part is missing."""
    key: Expression | None = None
    for name in table.key:
        part: Expression = ColumnExpression(name).cast("VARCHAR")
        if not table.column(name).required:
            part = CoalesceOperator(part, ConstantExpression(""))
        joint = ConstantExpression(" | ")
        key = part if key is None else _concat(_concat(key, joint), part)
    if key is None:
        raise ValueError(f"table without a key: {table.name}")
    return key


def _concat(left: Expression, right: Expression) -> Expression:
    return FunctionExpression("||", left, right)
