"""Running the rules over staged rows, and collecting what they found.

``hits`` of the connection has one row per broken rule and cell or row, ``masked_cells`` the cells
that identify people.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression

from analytics.extracts.contract import Column, Kind, Table
from analytics.extracts.findings import LISTED, MASK, Finding
from analytics.extracts.readers import LINE, Delivery
from analytics.extracts.reading import Note
from analytics.extracts.rules import Need, Rule, Scope, Severity, rules
from analytics.extracts.staged_columns import StagedColumns
from analytics.extracts.staging import (
    note_name,
    show_field,
    show_pair,
    show_previous_field,
    text_name,
)
from analytics.extracts.values import without_contacts

RULES: Final = "rules"
"""The column of the quarantine that names the rules, separated by commas."""

SHEET: Final = "sheet"
"""The column of the quarantine that names the sheet, for files that have any."""

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

_NOTES: Final = frozenset(Note)
_LISTING: Final = Path(__file__).with_name("hits.sql")
_HITS: Final = """
    CREATE TABLE hits (
        rule VARCHAR, severity VARCHAR, line BIGINT, field VARCHAR, value VARCHAR, other VARCHAR
    )
"""
_HITS_IN_FIELD: Final = """
    INSERT INTO hits SELECT $rule, $severity, line, $field, value, other FROM query($found)
"""
_HITS_IN_ROWS: Final = """
    INSERT INTO hits SELECT $rule, $severity, line, field, value, other FROM query($found)
"""
_MASKED_CELLS: Final = """
    CREATE TABLE masked_cells AS SELECT line, field FROM hits WHERE rule = ANY ($rules)
"""
_PREVIOUS: Final = """
    CREATE VIEW previous AS
    SELECT * FROM delivered_before WHERE district IN (SELECT district FROM staged)
"""
_TAKEN: Final = """
    CREATE VIEW taken AS
    SELECT * FROM staged
    ANTI JOIN (SELECT line FROM hits WHERE severity = 'row') AS bad USING (line)
"""
_BLOCKED: Final = """
    CREATE VIEW blocked AS
    SELECT staged.*, bad.rules
    FROM staged INNER JOIN (
        SELECT line, string_agg(rule, ',' ORDER BY rule) AS rules
        FROM (SELECT DISTINCT line, rule FROM hits WHERE severity = 'row') AS broken
        GROUP BY line
    ) AS bad USING (line)
"""
_CONCERNED: Final = "SELECT * FROM staged WHERE line IN (SELECT line FROM listed_lines)"
_EMPTIED: Final = """
    SELECT count(*)
    FROM (SELECT line FROM hits WHERE severity = 'warning' AND rule = ANY ($rules)) AS emptied
    SEMI JOIN taken USING (line)
"""


def give(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    *,
    cases: pa.Table | None,
    previous: pa.Table | None,
) -> frozenset[Need]:
    """Make the optional inputs known to the connection and return which there are."""
    given = set()
    if cases is not None:
        connection.from_arrow(cases.select(["district", "case_id"])).create("cases")
        given.add(Need.CASES)
    if previous is not None and table.area == "district":
        connection.from_arrow(previous).create("delivered_before")
        connection.execute(_PREVIOUS)
        given.add(Need.PREVIOUS)
    return frozenset(given)


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    given: frozenset[Need],
    staged: StagedColumns,
    progress: Progress | None,
) -> tuple[str, ...]:
    """Fill ``hits`` and ``masked_cells`` and return the rules that had to be left out.

    Args:
        connection: Holds ``staged``.
        table: The table.
        given: Optional inputs that there are.
        staged: What it holds: where a note or any value is missing, rules on it find nothing.
        progress: Told after each step.
    """
    connection.execute(_HITS)
    wanted = [
        each
        for each in rules()
        if each.scope in {Scope.FIELD, Scope.PAIR, Scope.ROW} and each.applies_to(table)
    ]
    possible = [each for each in wanted if each.needs is None or each.needs in given]
    of_fields = [each for each in possible if each.scope is Scope.FIELD]
    said, empty = staged.said(), staged.empty()
    steps = len(table.columns) + 1
    for done, column in enumerate(table.columns, start=1):
        silent = _NOTES - said.get(column.name, frozenset())
        chosen = [each for each in of_fields if each.reads(column) and each.id not in silent]
        if column.name in empty:
            chosen = [each for each in chosen if each.of_empty]
        _run_on(connection, column, chosen)
        if progress is not None:
            progress(done, steps)
    for each in possible:
        _run_on_pairs(connection, table, each)
        if each.scope is Scope.ROW:
            found = {"rule": each.id, "severity": each.severity, "found": each.sql}
            connection.execute(_HITS_IN_ROWS, found)
    connection.execute(_MASKED_CELLS, {"rules": [each.id for each in wanted if each.masks]})
    if progress is not None:
        progress(steps, steps)
    return tuple(each.id for each in wanted if each not in possible)


def _run_on(connection: duckdb.DuckDBPyConnection, column: Column, chosen: Sequence[Rule]) -> None:
    """Run field rules on one column."""
    if not chosen:
        return
    show_field(connection, column.name)
    if any(each.needs is Need.PREVIOUS for each in chosen):
        show_previous_field(connection, column.name)
    for each in chosen:
        severity = each.severity_in(column)
        given = {"rule": each.id, "severity": severity, "field": column.name, "found": each.sql}
        connection.execute(_HITS_IN_FIELD, given)


def _run_on_pairs(connection: duckdb.DuckDBPyConnection, table: Table, each: Rule) -> None:
    """Run a pair rule on the pairs that the table has; any other rule has none."""
    for column, other in each.pairs_in(table):
        show_pair(connection, column, other)
        severity = each.severity_in(table.column(column))
        given = {"rule": each.id, "severity": severity, "field": column, "found": each.sql}
        connection.execute(_HITS_IN_FIELD, given)


def accepted_rows(connection: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    """Return the rows that broke no rule that costs the row, typed, in the file's order."""
    connection.execute(_TAKEN)
    columns = [ColumnExpression(name) for name in table.column_names]
    rows = connection.table("taken").order(LINE).select(*columns).to_arrow_table()
    return rows.cast(table.schema)


def quarantined_rows(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> pa.Table:
    """Return the other rows as text with sheet, line and rules, identifying values masked."""
    connection.execute(_BLOCKED)
    rows = _texts(connection, connection.table("blocked"), delivery.table, RULES)
    places = [delivery.place(row) for row in rows.column(LINE).to_pylist()]
    lines = pa.array([line for _, line in places], pa.int64())
    sheets = pa.array([sheet for sheet, _ in places], pa.string())
    return rows.set_column(0, LINE, lines).append_column(SHEET, sheets)


def concerned_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, findings: Sequence[Finding]
) -> pa.Table:
    """Return the rows that findings are about as text, identifying values masked."""
    rows = pa.array(sorted({f.row for f in findings if f.row is not None}), pa.int64())
    connection.from_arrow(pa.table({LINE: rows})).create("listed_lines")
    return _texts(connection, connection.sql(_CONCERNED), table)


def emptied_cells(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Return how many cells of the ``accepted_rows`` could not be read and are empty now."""
    emptying = [each.id for each in rules() if each.empties]
    (count,) = connection.execute(_EMPTIED, {"rules": emptying}).fetchall()[0]
    return int(count) + sum(
        _refused_cells(connection, each) for each in table.of_kind(Kind.BOOLEAN)
    )


def _refused_cells(connection: duckdb.DuckDBPyConnection, column: Column) -> int:
    """Return how many cells of the accepted rows were emptied because their column was refused."""
    notes = connection.table("taken").select(note_name(column.name)).to_arrow_table().column(0)
    refused = pa.array([Note.COUNT_COLUMN.value, Note.ONLY_YES.value])
    return int(pc.sum(pc.is_in(notes.cast(pa.string()), value_set=refused)).as_py() or 0)


def _texts(
    connection: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    table: Table,
    *further: str,
) -> pa.Table:
    texts = [ColumnExpression(text_name(name)).alias(name) for name in table.column_names]
    names = map(ColumnExpression, further)
    found = rows.select(ColumnExpression(LINE), *texts, *names).order(LINE).to_arrow_table()
    masked = without_contacts([found.column(name) for name in table.column_names], connection)
    blocked = connection.table("masked_cells").to_arrow_table()
    for place, (name, cells) in enumerate(zip(table.column_names, masked, strict=True), start=1):
        lines = blocked.filter(pc.equal(blocked.column("field"), name)).column(LINE)
        is_blocked = pc.is_in(found.column(LINE), value_set=lines.combine_chunks())
        found = found.set_column(place, name, pc.if_else(is_blocked, MASK, cells))
    return found


def listed_findings(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery
) -> tuple[Finding, ...]:
    """Return at most ``LISTED`` findings of each rule and field, and one that counts the rest."""
    listing = connection.execute(_LISTING.read_text("utf-8"), {"limit": LISTED, "mask": MASK})
    table, file = delivery.table.name.value, delivery.source.name
    found: list[Finding] = []
    totals: dict[tuple[str, Severity, str | None], int] = {}
    for rule_id, severity, line, key, field, value, other, count in listing.fetchall():
        cost = Severity(severity)
        sheet, at = (None, None) if line is None else delivery.place(line)
        place = {"line": at, "sheet": sheet, "row": line}
        found.append(
            Finding(
                rule_id, cost, table, file, key=key, field=field, value=value, other=other, **place
            )
        )
        totals[rule_id, cost, field] = count
    rests = (
        Finding(each, cost, table, file, field=field, count=count - LISTED, is_rest=True)
        for (each, cost, field), count in totals.items()
        if count > LISTED
    )
    return (*found, *rests)
