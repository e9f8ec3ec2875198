"""Dates after the data cut: at the cut they had not happened.

A list that is drawn in March holds what came in January. Refusing such rows would leave only the
fast ones of the last months, so the row is taken as it stood at the cut.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.vocabulary import Outcome
from analytics.extracts.contract import (
    AGREEMENTS,
    CASES,
    CONFERENCES,
    HANDOVERS,
    REFERRALS,
    REGIME_CHANGES,
    STRUCTURE,
    TITLES,
    Column,
    Empty,
    Kind,
    Table,
    TableName,
)
from analytics.extracts.reading import Note
from analytics.extracts.values import Cells, emptied, noted

STARTS: Final[Mapping[TableName, str]] = {
    CASES.name: "opened_on",
    REFERRALS.name: "need_recorded_on",
    HANDOVERS.name: "agreed_on",
    REGIME_CHANGES.name: "changed_on",
    CONFERENCES.name: "held_on",
    AGREEMENTS.name: "signed_on",
    STRUCTURE.name: "found_on",
    TITLES.name: "applied_on",
}
"""When each row of a table of cases begins; one that begins after the cut is set aside."""

# What is said of an event goes with it: a closure that had not happened had no reason.
_SAID_OF: Final[Mapping[TableName, tuple[tuple[str, str], ...]]] = {
    CASES.name: (("closed_on", "closure_reason"),),
    HANDOVERS.name: (("returned_on", "return_reason"),),
    STRUCTURE.name: (("decided_on", "decision"),),
    TITLES.name: (("decided_on", "decision"),),
}
_MAY_LIE_AHEAD: Final = frozenset({"planned_on", "valid_from", "valid_to"})
_ENTERED: Final = "recorded_on"
# Beyond that a date is a slip of the pen, not an event that came after the cut.
_PLAUSIBLE: Final = timedelta(days=5 * 366)


def at_cut(table: Table, cells: Mapping[str, Cells], as_of: date) -> dict[str, Cells]:
    """Return a table's cells as they stood at the data cut, with a note where that matters."""
    found = dict(cells)
    start = cells[STARTS[table.name]].values if table.name in STARTS else None
    later: dict[str, pa.Array] = {}
    for column in table.of_kind(Kind.DATE):
        if not _says_not_yet(column):
            continue
        is_later = _is_later(cells[column.name].values, start, as_of)
        if is_later.true_count:
            later[column.name] = is_later
            found[column.name] = emptied(found[column.name], is_later, Note.AFTER_CUT)
    for event, said in _SAID_OF.get(table.name, ()):
        if event in later:
            found[said] = emptied(found[said], later[event], Note.AFTER_CUT)
    if table.name == REFERRALS.name:
        events = [
            later[name] for name in ("referred_on", "started_on", "ended_on") if name in later
        ]
        for is_later in events[:1]:
            found["outcome"] = _outcome(found, _any(is_later, *events[1:]))
    return found


def _says_not_yet(column: Column) -> bool:
    is_event = column.empty is Empty.NOT_YET and column.name not in _MAY_LIE_AHEAD
    return is_event or column.name == _ENTERED


def _is_later(values: pa.Array, start: pa.Array | None, as_of: date) -> pa.Array:
    cut = pa.scalar(as_of, pa.date32())
    end = pa.scalar(as_of + _PLAUSIBLE, pa.date32())
    is_later = pc.and_(pc.greater(values, cut), pc.less_equal(values, end))
    if start is not None:
        is_later = pc.and_kleene(is_later, pc.less_equal(start, cut))
    return pc.fill_null(is_later, fill_value=False)


def _any(first: pa.Array, *others: pa.Array) -> pa.Array:
    for other in others:
        first = pc.or_(first, other)
    return first


def _outcome(cells: Mapping[str, Cells], is_later: pa.Array) -> Cells:
    """Return outcomes that fit the dates that remain; where none was delivered, none."""
    own = cells["outcome"].values.cast(pa.string())
    happened = {
        name: pc.is_valid(cells[name].values) for name in ("referred_on", "started_on", "ended_on")
    }
    remaining = pc.case_when(
        pc.make_struct(happened["started_on"], happened["ended_on"], happened["referred_on"]),
        pa.scalar(Outcome.STARTED.value), own, pa.scalar(Outcome.REFERRED.value),
        pa.scalar(Outcome.OPEN.value),
    )  # fmt: skip
    is_changed = pc.fill_null(pc.and_(is_later, pc.not_equal(own, remaining)), fill_value=False)
    notes = noted(cells["outcome"], is_changed, Note.AFTER_CUT)
    return Cells(pc.if_else(is_changed, remaining, own), notes)
