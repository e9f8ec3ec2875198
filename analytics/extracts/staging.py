"""Delivered text to typed rows in DuckDB, on which the rules are run.

Tables and views of the connection: ``staged`` (``line``, every column of the contract typed, its
text as ``<column>__text``, ``row_key``, ``content``), ``terms`` (one row: data cut, district,
table, key of the state), ``areas``, ``municipalities``, ``units``, ``contract_columns``, and
where given ``cases`` and ``previous``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from analytics.extracts.aliases import BOOLEAN, aliases
from analytics.extracts.contract import STATE, TABLES, Column, Kind, Table
from analytics.extracts.readers import LINE, Delivery
from analytics.settings import settings

_MACROS: Final = Path(__file__).with_name("staging.sql")
_SPELLED: Final = """
    INSERT INTO spelled
    SELECT aliases.list, found.text, aliases.code
    FROM (SELECT DISTINCT text FROM field WHERE text IS NOT NULL) AS found
    INNER JOIN aliases ON aliases.list = $list AND aliases.alias = normal(found.text)
"""


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that cannot read files or the network."""
    given = settings()
    with TemporaryDirectory() as spill, duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = $n", {"n": given.threads})
        connection.execute("SET memory_limit = $n", {"n": given.memory_limit})
        connection.execute("SET temp_directory = $n", {"n": spill})
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        yield connection


def stage(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    registry: AreaRegistry,
    *,
    as_of: date,
    district: str | None,
) -> None:
    """Fill ``staged`` and what the rules compare it with."""
    table = delivery.table
    _register_lists(connection, registry, table, as_of, district)
    connection.execute(_MACROS.read_text("utf-8"))
    _create_texts(connection, delivery, district)
    _spell_codes(connection, table)
    typed = [_typed(column, table, is_typed=delivery.facts.typed) for column in table.columns]
    texts = [ColumnExpression(c.name).alias(text_name(c.name)) for c in table.columns]
    rows = connection.table("texts").select(ColumnExpression(LINE), *typed, *texts)
    content = FunctionExpression("hash", *map(ColumnExpression, table.column_names))
    everything = [ColumnExpression(name) for name in rows.columns]
    rows.select(*everything, _key(table).alias("row_key"), content.alias("content")).create(
        "staged"
    )
    connection.execute("DROP TABLE texts")


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


def _register_lists(
    connection: duckdb.DuckDBPyConnection,
    registry: AreaRegistry,
    table: Table,
    as_of: date,
    district: str | None,
) -> None:
    known = aliases()
    codes = [
        {"list": name, "alias": alias, "code": code}
        for name, spellings in known.codes.items()
        for alias, code in spellings.items()
    ]
    columns = [
        {"table_name": name, "column_name": column}
        for name, each in TABLES.items()
        for column in each.column_names
    ]
    units = {a.code for a in registry.evaluation_units} | {a.ags for a in registry.kim_units}
    towns = [{"ags": area.ags, "district": area.district} for area in registry.municipalities]
    _create(connection, "aliases", codes)
    _create(connection, "missing_marks", [{"text": text} for text in known.missing])
    _create(connection, "contract_columns", columns)
    _create(connection, "areas", _areas(registry))
    _create(connection, "municipalities", towns)
    _create(connection, "units", [{"key": key} for key in sorted(units)])
    connection.execute("CREATE TABLE spelled (list VARCHAR, text VARCHAR, code VARCHAR)")
    connection.execute(
        "CREATE TABLE terms AS SELECT $as_of::DATE AS as_of, $district::VARCHAR AS district, "
        "$table_name::VARCHAR AS table_name, $state::VARCHAR AS state",
        {"as_of": as_of, "district": district, "table_name": table.name.value, "state": STATE},
    )


def _areas(registry: AreaRegistry) -> list[dict[str, str | None]]:
    """Return every key that may stand for a district, and the municipality that it implies."""
    keys: list[tuple[str, str, str | None]] = [
        (area.ags, area.ags, None) for area in registry.districts
    ]
    keys += [
        (unit.ags, unit.district, unit.ags)
        for unit in registry.kim_units
        if unit.ags != unit.district
    ]
    # An independent city may deliver under its municipality's key.
    keys += [
        (towns[0].ags, area.ags, towns[0].ags)
        for area in registry.districts
        if len(towns := registry.municipalities_of(area.ags)) == 1
    ]
    names = ("key", "district", "municipality")
    return [dict(zip(names, key, strict=True)) for key in keys]


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, str | None]]
) -> None:
    fields = [pa.field(column, pa.string()) for column in rows[0]]
    connection.from_arrow(pa.Table.from_pylist(list(rows), pa.schema(fields))).create(name)


def _create_texts(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, district: str | None
) -> None:
    """Create ``texts``: every column of the contract as tidy text, NULL where not delivered."""
    delivered = set(delivery.cells.column_names)

    def text(column: Column) -> Expression:
        if column.name in delivered:
            return FunctionExpression("clean", ColumnExpression(column.name))
        is_own = column.name == "district" == delivery.table.area
        return ConstantExpression(district if is_own else None).cast("VARCHAR")

    columns = [text(column).alias(column.name) for column in delivery.table.columns]
    cells = connection.from_arrow(delivery.cells)
    cells.select(ColumnExpression(LINE), *columns).create("texts")


def _spell_codes(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Look up each distinct spelling once; rows then only compare texts."""
    for column in table.of_kind(Kind.CODE, Kind.BOOLEAN):
        text = ColumnExpression(column.name).alias("text")
        connection.table("texts").select(text).create_view("field", replace=True)
        connection.execute(_SPELLED, {"list": column.code_list or BOOLEAN})


def _typed(column: Column, table: Table, *, is_typed: bool) -> Expression:
    text = ColumnExpression(column.name)
    exact = ConstantExpression(is_typed)
    if column.name == "district":
        value: Expression = FunctionExpression("district_of", text)
    elif column.name == "municipality":
        value = FunctionExpression("municipality_of", text, ColumnExpression("district"))
    elif column.name == "unit":
        value = FunctionExpression("as_ags", text)
    elif column.kind is Kind.CODE:
        value = FunctionExpression("code_of", ConstantExpression(column.code_list), text)
    elif column.kind in {Kind.NUMBER, Kind.INTEGER}:
        value = FunctionExpression(f"as_{column.kind}", text, exact)
    elif column.kind is Kind.TEXT:
        value = text
    else:
        value = FunctionExpression(f"as_{column.kind}", text)
    return value.alias(column.name)


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
