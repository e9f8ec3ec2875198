"""The check of a delivery: which rows are taken, which go to quarantine, and why.

Bad data is a result, not an exception: ``check`` raises only where nothing can be checked at all.
Rules run as SELECTs over the typed rows; nothing here loops over rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from analytics.domain.areas import AreaRegistry, UnknownAreaError
from analytics.extracts.columns import Empty
from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.file_rules import blocking, noted
from analytics.extracts.findings import Finding, total, totals_by_rule, unusable
from analytics.extracts.instructions import DateOrder
from analytics.extracts.official_delivery import official_cells, population_cells
from analytics.extracts.proposals import HeaderProposal, header_proposals
from analytics.extracts.readers import LINE, Delivery, FileFacts, FileFormat, Source
from analytics.extracts.reading.date_orders import ReadOrder
from analytics.extracts.rule_run import (
    RULES,
    SHEET,
    Progress,
    accepted_rows,
    concerned_rows,
    emptied_cells,
    give,
    listed_findings,
    quarantined_rows,
    run_rules,
)
from analytics.extracts.rules import Severity, rule
from analytics.extracts.staging import database, stage
from analytics.extracts.what_was_read import reading_json
from analytics.i18n import Words

_NAMES: Final = (pa.field(RULES, pa.string()), pa.field(SHEET, pa.string()))

__all__ = ["RULES", "CheckResult", "Progress", "check", "unusable_result"]


@dataclass(frozen=True, slots=True, eq=False)
class CheckResult:
    """What a check found.

    Attributes:
        table: Name of the table.
        file: Name of the file.
        rows: Rows delivered, lines that could not be split into fields included.
        accepted: The rows that may be published, typed by the contract, in the file's order.
        quarantined: ``line``, the contract's columns as delivered text with identifying values
            masked, ``rules``, and ``sheet``.
        findings: All findings; of one rule and column at most ``LISTED`` and one that counts the
            rest.
        skipped: Rules that could not be checked because an input was not given.
        emptied: Cells of the accepted rows that could not be read and are empty in ``accepted``.
        concerned: The rows that listed findings are about: ``line``, which is their ``row``, and
            the contract's columns as delivered text with identifying values masked.
        headers: Delivered header of each column, in the file's order.
        as_of: The data cut that the rows were read at; None where nothing was read.
        date_orders: Columns whose dates could have begun with day or month: what was read, and why.
        facts: What was read, and how; None where the file could not be read.
        absent: Columns whose empty cell would say "not yet", and which the file does not have or
            the sender does not record.
        unread: Headers that belong to no column of the table.
        not_recorded: Of ``absent``, what is taken to be not recorded (``questions.py``).
        assignable: Headers that the sender may say the meaning of, also where nothing is taken.
    """

    table: str
    file: str
    rows: int
    accepted: pa.Table
    quarantined: pa.Table
    findings: tuple[Finding, ...]
    concerned: pa.Table
    headers: Mapping[str, str]
    skipped: tuple[str, ...] = ()
    emptied: int = 0
    as_of: date | None = None
    date_orders: Mapping[str, ReadOrder] = field(default_factory=dict)
    facts: FileFacts | None = None
    absent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    not_recorded: tuple[str, ...] = ()
    assignable: tuple[HeaderProposal, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Say whether anything can be taken from the file."""
        return not total(self.findings, Severity.FILE)

    @property
    def open_questions(self) -> tuple[Finding, ...]:
        """Return what the sender must mend or confirm before anything is taken."""
        return tuple(f for f in self.findings if f.severity is Severity.QUESTION)

    @property
    def confirmed(self) -> tuple[str, ...]:
        """Return the ids of the questions that the sender has confirmed."""
        found = (finding.question for finding in self.findings if finding.is_confirmed)
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def is_taken(self) -> bool:
        """Say whether its rows may be taken: it is usable and leaves no question open."""
        return self.is_usable and not self.open_questions

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
            "read": None if self.facts is None else reading_json(self.facts),
            "usable": self.is_taken,
            "questions": [finding.question for finding in self.open_questions],
            "not_recorded": list(self.not_recorded),
            "rows": self.rows,
            "accepted": self.rows_accepted,
            "quarantined": self.rows_quarantined,
            "emptied_fields": self.emptied,
            "data_cut": None if self.as_of is None else self.as_of.isoformat(),
            "date_orders": {
                name: {"order": read.order.value, "basis": read.basis.value}
                for name, read in self.date_orders.items()
            },
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
            ``district`` or ``unit`` is filled with it.
        cases: Accepted cases (``district``, ``case_id``) that referrals belong to.
        previous: The table's rows that are in force now: what the delivery is compared with, and
            for official statistics what they are merged into.
        progress: Told after each step.

    Raises:
        UnusableInputError: If ``district`` is unknown, or official statistics cannot be merged.
        duckdb.OutOfMemoryException: If a delivery in memory is too large to be checked there.
    """
    own = _own_district(district, registry)
    if delivery.official is not None:
        delivery = official_cells(delivery, own, previous, registry)
    elif delivery.facts.format is FileFormat.FFCSV:
        delivery = population_cells(delivery, own, previous)
    if blocked := blocking(delivery, own):
        return _nothing_taken(delivery, blocked)
    delivery = _as_told(delivery)
    with database(spills=not delivery.source.is_in_memory) as connection:
        staged = stage(connection, delivery, registry, as_of=as_of, district=own, unit=district)
        given = give(connection, delivery.table, cases=cases, previous=previous)
        skipped = run_rules(connection, delivery.table, given, staged, progress)
        listed = listed_findings(connection, delivery)
        return CheckResult(
            table=delivery.table.name.value,
            file=delivery.source.name,
            rows=delivery.rows + _unread(delivery),
            accepted=accepted_rows(connection, delivery.table),
            quarantined=quarantined_rows(connection, delivery),
            findings=(*noted(delivery), *listed),
            concerned=concerned_rows(connection, delivery.table, listed),
            headers=delivery.headers,
            facts=replace(delivery.facts, date_orders=_orders(staged.date_orders)),
            skipped=skipped,
            emptied=emptied_cells(connection, delivery.table),
            as_of=as_of,
            date_orders=staged.date_orders,
            absent=tuple(name for name in _not_yet(delivery.table) if name not in delivery.headers),
            unread=delivery.unknown,
            assignable=header_proposals(delivery),
        )


def _orders(read: Mapping[str, ReadOrder]) -> tuple[tuple[str, DateOrder], ...]:
    return tuple((name, each.order) for name, each in read.items())


def unusable_result(error: UnusableInputError, table: Table, file: Path | Source) -> CheckResult:
    """Return the result of a file that could not be read."""
    finding = unusable(error, table.name.value, file.name)
    return _result_without_rows(table, file.name, 0, (finding,), {}, None)


def _not_yet(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.empty is Empty.NOT_YET)


def _as_told(delivery: Delivery) -> Delivery:
    """Return the delivery without columns that the sender does not record, whatever they hold."""
    left_out = set(delivery.told.not_recorded) & set(_not_yet(delivery.table))
    headers = {name: text for name, text in delivery.headers.items() if name not in left_out}
    held = [name for name in delivery.cells.column_names if name not in left_out]
    return replace(delivery, headers=headers, cells=delivery.cells.select(held))


def _own_district(district: str | None, registry: AreaRegistry) -> str | None:
    if district is None:
        return None
    try:
        return registry.district_of_delivery(district)
    except UnknownAreaError:
        raise UnusableInputError("rule.unknown_district_option", value=district) from None


def _nothing_taken(delivery: Delivery, findings: tuple[Finding, ...]) -> CheckResult:
    rows = delivery.rows + _unread(delivery)
    # Read as the wrong table, nearly every column would be unknown; why needs are none counts.
    is_other = any(finding.rule == "wrong_table" for finding in findings)
    notes = (f for f in noted(delivery) if not is_other or f.rule == "needs_without_date")
    found = (*findings, *notes)
    result = _result_without_rows(
        delivery.table, delivery.source.name, rows, found, delivery.headers, delivery.facts
    )
    return result if is_other else replace(result, assignable=header_proposals(delivery))


def _result_without_rows(
    table: Table,
    file: str,
    rows: int,
    findings: tuple[Finding, ...],
    headers: Mapping[str, str],
    facts: FileFacts | None,
) -> CheckResult:
    line = pa.field(LINE, pa.int64())
    texts = [pa.field(name, pa.string()) for name in table.column_names]
    return CheckResult(
        table=table.name.value,
        file=file,
        rows=rows,
        accepted=table.schema.empty_table(),
        quarantined=pa.schema([line, *texts, *_NAMES]).empty_table(),
        findings=findings,
        concerned=pa.schema([line, *texts]).empty_table(),
        headers=headers,
        facts=facts,
    )


def _unread(delivery: Delivery) -> int:
    """Return how many lines the reader had to leave out."""
    return sum(n.count for n in delivery.notes if rule(n.rule).severity is Severity.ROW)
