"""Findings about a whole file: its columns, and what the reader met on its way."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.code_words import check_told_codes
from analytics.extracts.contract import Empty, Kind, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.findings import Finding
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers import Delivery
from analytics.extracts.readers.claims import named_columns
from analytics.extracts.readers.headers import fit, short
from analytics.extracts.readers.table_choice import best_of
from analytics.extracts.reading.texts import visible
from analytics.extracts.rules import rule
from analytics.extracts.staged_columns import KEYS

TOLD_HEADER: Final = "told_header"
"""The rule that says that a header which the sender has named is not there."""

# 2,01903E+11 stands for a thousand different numbers.
_SHORTENED: Final = r"^\d+(?:[.,]\d+)?[eE]\+\d+$"


def blocking(delivery: Delivery, district: str | None) -> tuple[Finding, ...]:
    """Return why nothing can be taken: another table, required columns missing, no rows.

    A missing column of districts or units does not matter where the sender is known.

    Raises:
        UnusableInputError: If the sender has told something of columns or words that are not there.
    """
    table = delivery.table
    check_told_codes(table, delivery.told)
    _check_told_columns(table, delivery.told)
    if unmet := _told_headers_not_there(delivery):
        return tuple(_finding(delivery, TOLD_HEADER, value=header) for header in unmet)
    missing = [name for name in table.required if name not in delivery.headers]
    if district is not None:
        missing = [name for name in missing if name != table.area]
    other = _better_table(delivery) if missing else None
    if other is not None:
        return (_finding(delivery, "wrong_table", value=other.name, other=table.name),)
    if missing:
        return tuple(
            _finding(delivery, "missing_column", field=name, value=name) for name in missing
        )
    if not delivery.rows and not delivery.notes:
        return (_finding(delivery, "no_rows"),)
    return tuple(_damaged_keys(delivery))


def noted(delivery: Delivery) -> tuple[Finding, ...]:
    """Return findings that follow from the header and the reader's notes."""
    return (*_unknown_columns(delivery), *_notes(delivery))


def _check_told_columns(table: Table, told: Instructions) -> None:
    """Refuse answers about columns that the table does not have: another column must be meant."""
    not_yet = [column.name for column in table.columns if column.empty is Empty.NOT_YET]
    marked = [column.name for column in table.of_kind(Kind.BOOLEAN)]
    for named, known in ((told.not_recorded, not_yet), (told.blank_is_no, marked)):
        if absent := next((name for name in named if name not in known), None):
            choices = ", ".join(known) or "–"
            raise UnusableInputError("reader.told_answer", column=absent, columns=choices)


def _told_headers_not_there(delivery: Delivery) -> list[str]:
    noted = [note.value or "" for note in delivery.notes if note.rule.startswith("column_")]
    there = {normal(h) for h in (*delivery.headers.values(), *delivery.unknown, *noted)}
    return [header for header, _ in delivery.told.columns if normal(short(header)) not in there]


def _damaged_keys(delivery: Delivery) -> Iterator[Finding]:
    """Yield a finding for each column of keys that hold numbers as spreadsheets shorten them."""
    for name in sorted(KEYS & set(delivery.cells.column_names)):
        keys = delivery.cells.column(name).cast(pa.string())
        # A cheap look first: most files have no such key.
        keys = keys.filter(pc.match_substring(keys, "+")).combine_chunks()
        damaged = keys.filter(pc.match_substring_regex(visible(keys), _SHORTENED))
        if len(damaged):
            yield _finding(delivery, "damaged_key", field=name, value=damaged[0].as_py())


def _better_table(delivery: Delivery) -> Table | None:
    headers = [*delivery.headers.values(), *delivery.unknown]
    best = best_of(headers, lambda table: _share_of_required(headers, table))
    is_better = fit(headers, best) > fit(headers, delivery.table)
    return best if is_better and best.name != delivery.table.name else None


def _share_of_required(headers: list[str], table: Table) -> tuple[float, int]:
    named = named_columns(headers, table)
    return len(named & set(table.required)) / len(table.required), fit(headers, table)


def _unknown_columns(delivery: Delivery) -> Iterator[Finding]:
    identifying = aliases().identifying
    for header in delivery.unknown:
        is_identifying = normal(header) in identifying
        name = "identifying_column" if is_identifying else "unknown_column"
        yield _finding(delivery, name, value=header)


def _notes(delivery: Delivery) -> Iterator[Finding]:
    for note in delivery.notes:
        known = rule(note.rule)
        yield Finding(
            rule=known.id,
            severity=known.severity,
            table=delivery.table.name.value,
            file=delivery.source.name,
            line=note.line,
            field=note.field,
            value=note.value,
            other=note.other,
            count=note.count,
            is_rest=note.is_rest,
            sheet=note.sheet,
        )


def _finding(
    delivery: Delivery,
    name: str,
    *,
    field: str | None = None,
    value: str | None = None,
    other: str | None = None,
) -> Finding:
    table = delivery.table.name.value
    severity = rule(name).severity
    return Finding(
        name, severity, table, delivery.source.name, field=field, value=value, other=other
    )
