"""Delivered text to typed rows in DuckDB, on which the rules are run.

Tables and views of the connection: ``staged`` (``line``, every column of the contract typed, its
text as ``<column>__text``, ``row_key``, ``content``), ``terms`` (one row: data cut, district,
table, key of the state, columns that were not delivered), ``districts``, ``municipalities``,
``units``, ``contract_columns``, and where given ``cases`` and ``previous``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
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
from analytics.extracts.values import implied, keys, tidy, typed
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
) -> None:
    """Create ``staged`` and what the rules compare it with."""
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
    texts = {column.name: _texts(column.name, delivery, district) for column in table.columns}
    values = _values(connection, delivery, texts, registry)
    columns = {LINE: delivery.cells.column(LINE), **values}
    columns |= {text_name(name): text for name, text in texts.items()}
    rows = connection.from_arrow(pa.table(columns))
    content = FunctionExpression("hash", *map(ColumnExpression, table.column_names))
    everything = [ColumnExpression(name) for name in columns]
    rows.select(*everything, _key(table).alias("row_key"), content.alias("content")).create_view(
        "staged"
    )


def text_name(column: str) -> str:
    """Return the name under which ``staged`` holds a column's text."""
    return f"{column}__text"


def show_field(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    """Let the view ``field`` show one column of ``staged``, and ``previous_field`` its past."""
    staged = connection.table("staged")
    text, value = ColumnExpression(text_name(column)), ColumnExpression(column)
    staged.select(ColumnExpression(LINE), text.alias("text"), value.alias("value")).create_view(
        "field", replace=True
    )


def show_previous_field(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    """Let the view ``previous_field`` show one column of ``previous``."""
    value = ColumnExpression(column).alias("value")
    connection.view("previous").select(value).create_view("previous_field", replace=True)


def _texts(name: str, delivery: Delivery, district: str | None) -> pa.DictionaryArray:
    """Return a column's tidy text, NULL where it was not delivered."""
    if name in delivery.cells.column_names:
        codes = [code.value for code in delivery.table.column(name).codes or ()]
        return tidy(delivery.cells.column(name), codes)
    is_own = name == "district" == delivery.table.area
    text = pa.scalar(district if is_own else None, pa.string())
    return tidy(pa.chunked_array([pa.repeat(text, delivery.cells.num_rows)]))


def _values(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    texts: Mapping[str, pa.DictionaryArray],
    registry: AreaRegistry,
) -> dict[str, pa.Array]:
    """Return the typed columns; an area's key may stand for a district and its municipality."""
    districts, municipalities = _stand_ins(registry)
    values: dict[str, pa.Array] = {}
    for column in delivery.table.columns:
        text = texts[column.name]
        if column.name == "district":
            values[column.name] = keys(text, districts)
        elif column.name == "municipality":
            own = keys(text).cast(pa.string())
            of_district = implied(texts["district"], municipalities).cast(pa.string())
            values[column.name] = pc.coalesce(own, of_district)
        elif column.name == "unit":
            values[column.name] = keys(text)
        else:
            values[column.name] = typed(column, text, connection, exact=delivery.facts.typed)
    return values


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


def _stand_ins(
    registry: AreaRegistry,
) -> tuple[Mapping[str, str | None], Mapping[str, str | None]]:
    """Return the district and the municipality of keys that are delivered as a district's.

    An additional KIM unit delivers under its own key, and an independent city may do so under
    that of its only municipality.
    """
    towns = {unit.ags: unit.district for unit in registry.kim_units if unit.ags != unit.district}
    for area in registry.districts:
        inside = registry.municipalities_of(area.ags)
        if len(inside) == 1:
            towns[inside[0].ags] = area.ags
    return towns, {key: key for key in towns}


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
