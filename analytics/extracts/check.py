"""The check of a delivery: which rows are taken, which go to quarantine, and why.

Bad data is a result, not an exception: ``check`` raises only where nothing can be checked at all.
Rules run as SELECTs over the typed rows; nothing here loops over rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from analytics.domain.areas import AreaRegistry, UnknownAreaError
from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.file_rules import blocking, noted
from analytics.extracts.findings import LISTED, MASK, Finding, total, totals_by_rule, unusable
from analytics.extracts.official_delivery import official_cells
from analytics.extracts.readers import LINE, Delivery
from analytics.extracts.rules import Need, Rule, Scope, Severity, rule, rules
from analytics.extracts.staging import (
    database,
    show_field,
    show_previous_field,
    stage,
    text_name,
)
from analytics.i18n import Words

RULES: Final = "rules"
"""The column of ``CheckResult.quarantined`` that names the rules, separated by commas."""

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

_LISTING: Final = Path(__file__).with_name("hits.sql")
_HITS: Final = """
    CREATE TABLE hits (
        rule VARCHAR, severity VARCHAR, line BIGINT, field VARCHAR, value VARCHAR, other VARCHAR
    );
    CREATE TABLE masked_cells (line BIGINT, field VARCHAR)
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
        SELECT line, string_agg(DISTINCT rule, ',' ORDER BY rule) AS rules
        FROM hits WHERE severity = 'row' GROUP BY line
    ) AS bad USING (line)
"""
_MASKED_CELL: Final = """
    CREATE MACRO masked_cell(row_line, column_name, t) AS
        CASE
            WHEN (row_line, column_name) IN (SELECT (line, field) FROM masked_cells) THEN '•••'
            ELSE masked_contacts(t)
        END
"""


@dataclass(frozen=True, slots=True, eq=False)
class CheckResult:
    """What a check found.

    Attributes:
        table: Name of the table.
        file: Name of the file.
        rows: Rows delivered, lines that could not be split into fields included.
        accepted: The rows that may be published, typed by the contract, in the file's order.
        quarantined: ``line``, the contract's columns as delivered text with identifying values
            masked, and ``rules``.
        findings: All findings; of one rule at most ``LISTED`` and one that counts the rest.
        skipped: Rules that could not be checked because an input was not given.
    """

    table: str
    file: str
    rows: int
    accepted: pa.Table
    quarantined: pa.Table
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Say whether anything can be taken from the file."""
        return not total(self.findings, Severity.FILE)

    @property
    def rows_accepted(self) -> int:
        """Return how many rows may be published."""
        return int(self.accepted.num_rows)

    @property
    def rows_quarantined(self) -> int:
        """Return how many rows are not taken."""
        return self.rows - self.rows_accepted

    def to_json(self, w: Words) -> dict[str, object]:
        """Return counts and findings, ready for JSON."""
        return {
            "file": self.file,
            "table": self.table,
            "usable": self.is_usable,
            "rows": self.rows,
            "accepted": self.rows_accepted,
            "quarantined": self.rows_quarantined,
            "totals": totals_by_rule(self.findings),
            "skipped": list(self.skipped),
            "findings": [finding.to_json(w) for finding in self.findings],
        }


def check(
    delivery: Delivery,
    *,
    as_of: date,
    registry: AreaRegistry,
    district: str | None = None,
    cases: pa.Table | None = None,
    previous: pa.Table | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """Hold a delivery against all rules of its table.

    Args:
        delivery: What a reader returned.
        as_of: The data cut; days after it cannot have happened.
        registry: Districts, municipalities and units.
        district: The sender's key; rows of other districts are findings, and a missing column
            ``district`` is filled with it.
        cases: Accepted cases (``district``, ``case_id``) that referrals belong to.
        previous: The table's rows that are in force now: what the delivery is compared with, and
            for official statistics what they are merged into.
        progress: Told after each step.

    Raises:
        UnusableInputError: If ``district`` is unknown, or official statistics cannot be merged.
    """
    own = _own_district(district, registry)
    if delivery.official is not None:
        delivery = official_cells(delivery, own, previous, registry)
    if blocked := blocking(delivery, own):
        return _nothing_taken(delivery, blocked)
    with database() as connection:
        stage(connection, delivery, registry, as_of=as_of, district=own)
        given = _give(connection, delivery.table, cases=cases, previous=previous)
        skipped = _run(connection, delivery.table, given, progress)
        return CheckResult(
            table=delivery.table.name.value,
            file=delivery.path.name,
            rows=delivery.rows + _unread(delivery),
            accepted=_accepted(connection, delivery.table),
            quarantined=_quarantined(connection, delivery.table),
            findings=(*noted(delivery), *_findings(connection, delivery)),
            skipped=skipped,
        )


def unusable_result(error: UnusableInputError, table: Table, path: Path) -> CheckResult:
    """Return the result of a file that could not be read."""
    finding = unusable(error, table.name.value, path.name)
    return _result_without_rows(table, path, 0, (finding,))


def _own_district(district: str | None, registry: AreaRegistry) -> str | None:
    if district is None:
        return None
    try:
        return registry.district_of_delivery(district)
    except UnknownAreaError:
        raise UnusableInputError("rule.unknown_district_option", value=district) from None


def _nothing_taken(delivery: Delivery, findings: tuple[Finding, ...]) -> CheckResult:
    rows = delivery.rows + _unread(delivery)
    found = (*findings, *noted(delivery))
    return _result_without_rows(delivery.table, delivery.path, rows, found)


def _result_without_rows(
    table: Table, path: Path, rows: int, findings: tuple[Finding, ...]
) -> CheckResult:
    texts = [pa.field(name, pa.string()) for name in (*table.column_names, RULES)]
    return CheckResult(
        table=table.name.value,
        file=path.name,
        rows=rows,
        accepted=table.schema.empty_table(),
        quarantined=pa.schema([pa.field(LINE, pa.int64()), *texts]).empty_table(),
        findings=findings,
    )


def _unread(delivery: Delivery) -> int:
    """Return how many lines the reader had to leave out."""
    return sum(n.count for n in delivery.notes if rule(n.rule).severity is Severity.ROW)


def _give(
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


def _run(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    given: frozenset[Need],
    progress: Progress | None,
) -> tuple[str, ...]:
    """Fill ``hits`` and ``masked_cells`` and return the rules that had to be left out."""
    connection.execute(_HITS)
    wanted = [
        each
        for each in rules()
        if each.scope in {Scope.FIELD, Scope.ROW} and each.applies_to(table)
    ]
    for done, each in enumerate(wanted, start=1):
        if each.needs is None or each.needs in given:
            _run_rule(connection, each, table)
        if progress is not None:
            progress(done, len(wanted))
    return tuple(each.id for each in wanted if each.needs and each.needs not in given)


def _run_rule(connection: duckdb.DuckDBPyConnection, each: Rule, table: Table) -> None:
    if each.scope is Scope.ROW:
        _store(connection, each, ColumnExpression("field"))
        return
    for column in each.fields(table):
        show_field(connection, column.name)
        if each.needs is Need.PREVIOUS:
            show_previous_field(connection, column.name)
        _store(connection, each, ConstantExpression(column.name))


def _store(connection: duckdb.DuckDBPyConnection, each: Rule, field: duckdb.Expression) -> None:
    found = connection.sql(each.sql).select(
        ConstantExpression(each.id).alias("rule"),
        ConstantExpression(each.severity.value).alias("severity"),
        ColumnExpression("line"),
        field.alias("field"),
        ColumnExpression("value"),
        ColumnExpression("other"),
    )
    found.insert_into("hits")
    if each.masks:
        found.select("line", "field").insert_into("masked_cells")


def _accepted(connection: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    connection.execute(_TAKEN)
    columns = [ColumnExpression(name) for name in table.column_names]
    rows = connection.table("taken").order(LINE).select(*columns).to_arrow_table()
    return rows.cast(table.schema)


def _quarantined(connection: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    connection.execute(_MASKED_CELL)
    connection.execute(_BLOCKED)
    columns = [
        FunctionExpression(
            "masked_cell",
            ColumnExpression(LINE),
            ConstantExpression(column.name),
            ColumnExpression(text_name(column.name)),
        ).alias(column.name)
        for column in table.columns
    ]
    rows = connection.table("blocked").select(
        ColumnExpression(LINE), *columns, ColumnExpression(RULES)
    )
    return rows.order(LINE).to_arrow_table()


def _findings(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> tuple[Finding, ...]:
    listing = connection.execute(_LISTING.read_text("utf-8"), {"limit": LISTED, "mask": MASK})
    table, file = delivery.table.name.value, delivery.path.name
    found: list[Finding] = []
    totals: dict[str, int] = {}
    for rule_id, line, key, field, value, other, count in listing.fetchall():
        severity = rule(rule_id).severity
        found.append(Finding(rule_id, severity, table, file, line, key, field, value, other))
        totals[rule_id] = count
    rests = (
        Finding(each, rule(each).severity, table, file, count=count - LISTED, is_rest=True)
        for each, count in totals.items()
        if count > LISTED
    )
    return (*found, *rests)
