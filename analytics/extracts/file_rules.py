"""Findings about a whole file: its columns, and what the reader met on its way."""

from collections.abc import Iterator

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import TABLES, Table
from analytics.extracts.findings import Finding
from analytics.extracts.readers import Delivery
from analytics.extracts.readers.headers import fit
from analytics.extracts.rules import rule


def blocking(delivery: Delivery, district: str | None) -> tuple[Finding, ...]:
    """Return why nothing can be taken: another table, required columns missing, no rows.

    A missing column ``district`` does not matter where the sender is known.
    """
    table = delivery.table
    missing = [name for name in table.required if name not in delivery.headers]
    if district is not None and table.area == "district":
        missing = [name for name in missing if name != "district"]
    other = _better_table(delivery) if missing else None
    if other is not None:
        return (_finding(delivery, "wrong_table", value=other.name, other=table.name),)
    if missing:
        return tuple(
            _finding(delivery, "missing_column", field=name, value=name) for name in missing
        )
    if not delivery.rows and not delivery.notes:
        return (_finding(delivery, "no_rows"),)
    return ()


def noted(delivery: Delivery) -> tuple[Finding, ...]:
    """Return findings that follow from the header and the reader's notes."""
    return (*_unknown_columns(delivery), *_notes(delivery))


def _better_table(delivery: Delivery) -> Table | None:
    headers = [*delivery.headers.values(), *delivery.unknown]
    best = max(TABLES.values(), key=lambda table: _share_of_required(headers, table))
    is_better = fit(headers, best) > fit(headers, delivery.table)
    return best if is_better and best.name != delivery.table.name else None


def _share_of_required(headers: list[str], table: Table) -> tuple[float, int]:
    spellings = aliases().columns[table.name]
    named = {spellings.get(normal(header)) for header in headers}
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
