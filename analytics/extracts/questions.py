"""What is asked before anything of a delivery is taken: is it meant as it reads?

Columns that are not there, and rows that are all of one kind or much unlike the previous delivery:
each may be so, and each is what a file looks like that was exported or read in part. The sender
mends the file or confirms what it says. Here the accepted rows of all files of a delivery count
together, as a delivery of several files is only whole with all of them.

Tables of the connection that the rules read: ``taken``, ``previous`` and ``history`` (``district``:
whose row it is, ``begun``, the days of all steps, yes/no columns, decisions) and ``terms``
(``as_of``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.check import CheckResult
from analytics.extracts.contract import REFERRALS, ROLLOUT, Kind, Table, TableName, table
from analytics.extracts.data_cut import STARTS
from analytics.extracts.findings import Finding
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.manifest import TableEntry
from analytics.extracts.rules import Need, Rule, Scope, Severity, rule, rules
from analytics.extracts.staging import database

_LATER: Final = (
    *("answered_on", "returned_on", "first_benefit_on", "done_on"),
    *("raised_on", "decided_on", "implemented_on"),
)
"""Days of the optional tables that say "not yet" where they are empty."""

RECORDED: Final = (
    *("referred_on", "started_on", "ended_on", "closed_on", "outcome"),
    *(*_LATER, "return_reason", "decision"),
)
"""Columns that a sender may declare not to record."""

NOT_RECORDED: Final = ("column_absent", "none_filled")
"""Rules whose question may be answered with "not recorded"."""

BLANK_IS_NO: Final = ("only_marked", "only_yes")
"""Rules whose question may be answered with "blank means no"."""

MARKED: Final = ("binding_handover", "appointment_agreed", "appointment_kept")
"""Yes/no columns, in which it may be that only yes is marked."""

_STEPS: Final = ("referred_on", "started_on", "ended_on", "closed_on")
_AREA: Final = "district"
_BEGUN: Final = "begun"
_READ: Final[Mapping[str, pa.DataType]] = {
    **dict.fromkeys((*_STEPS, *_LATER), pa.date32()),
    **dict.fromkeys(MARKED, pa.bool_()),
    **{"decision": pa.string(), "decisions": pa.int64()},
}
"""What the rules read beside area and begin."""

# What everything else is measured by: without them, nobody would be referred, nothing reached.
_ALWAYS_ASKED: Final = {REFERRALS.name: ("referred_on",), ROLLOUT.name: ("reached_on",)}

# Words of headers that may be the day of a step which the file seems to lack.
_MAY_BE_DATE: Final = re.compile(
    r"(?i)(\b(am|seit|bis|on|ab)\b|datum|date|beg(i|o)nn|start|\bend|beendet|abgeschl|abschlu|closed|"
    r"vermittlung|vermittelt|referr)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What a delivery is compared with.

    Attributes:
        previous: Rows that the senders have delivered before and that are in force.
        history: All rows in force, of any district: how much shares usually move.
    """

    previous: pa.Table
    history: pa.Table


def earlier_rows(
    folder: Path, entries: Mapping[str, TableEntry], contract: Table
) -> Earlier | None:
    """Return what a delivery is compared with: earlier deliveries, never demonstration rows.

    None where nobody has delivered the table, or where nothing is asked about it.
    """
    if contract.name not in STARTS:
        return None
    entry = entries.get(contract.name)
    senders = sorted({area[:5] for area in entry.deliveries}) if entry else []
    if not senders:
        return None
    history = pq.read_table(folder / f"{contract.name}.parquet").select(contract.column_names)
    districts = pc.utf8_slice_codeunits(history.column(contract.area), 0, 5)
    of_these = pc.is_in(districts, value_set=pa.array(senders))
    return Earlier(history.filter(of_these), history)


def ask(
    results: Sequence[CheckResult],
    *,
    as_of: date,
    earlier: Earlier | None = None,
    told: Instructions = NOTHING_TOLD,
) -> tuple[CheckResult, ...]:
    """Return the results with what is to be asked about the delivery that they are together.

    Args:
        results: What the check found in each file of one table.
        as_of: The data cut.
        earlier: What it is compared with; without it some questions cannot be put.
        told: What the sender has told; what is confirmed is listed as a warning.
    """
    asked = [_with_absent(_heeding(result, told), told) for result in results]
    usable = [place for place, result in enumerate(asked) if result.is_usable]
    if not usable or asked[0].table not in STARTS:
        return tuple(asked)
    doubts = _doubts([asked[place] for place in usable], as_of, earlier)
    last = asked[usable[-1]]
    found = tuple(_answered(doubt, told) for doubt in doubts)
    asked[usable[-1]] = replace(last, findings=(*found, *last.findings))
    return tuple(asked)


def _heeding(result: CheckResult, told: Instructions) -> CheckResult:
    """Return the result with questions about single columns answered as told."""
    return replace(result, findings=tuple(_answered(found, told) for found in result.findings))


def _with_absent(result: CheckResult, told: Instructions) -> CheckResult:
    if not result.is_usable:
        return result
    contract = table(result.table)
    asked = [name for name in result.absent if _is_asked(name, result, told)]
    assumed = [name for name in result.absent if name in RECORDED and name not in asked]
    other = ", ".join(_may_be_dates(result)) or None
    absent = [
        _answered(_finding(result, rule("column_absent"), field=name, other=other), told)
        for name in asked
    ]
    # That an outcome is not recorded changes nothing: the dates say what has happened.
    stated = [
        _finding(result, rule("not_recorded"), field=name)
        for name in assumed
        if contract.column(name).arrow == pa.date32()
    ]
    confirmed = [each.field for each in absent if each.is_confirmed and each.field in RECORDED]
    return replace(
        result,
        findings=(*absent, *stated, *result.findings),
        not_recorded=(*assumed, *(name for name in confirmed if name)),
    )


def _is_asked(column: str, result: CheckResult, told: Instructions) -> bool:
    if column in told.not_recorded:
        return False
    if column in _ALWAYS_ASKED.get(TableName(result.table), ()):
        return True
    return column in (*_STEPS, *_LATER) and bool(_may_be_dates(result))


def _may_be_dates(result: CheckResult) -> list[str]:
    """Return the headers not taken that may be the day of a step: by their name or their values."""
    identifying = aliases().identifying
    named = [h for h in result.unread if _MAY_BE_DATE.search(h) and normal(h) not in identifying]
    misfits = (each.value for each in result.findings if _holds_days(each))
    return list(dict.fromkeys([*named, *filter(None, misfits)]))


def _holds_days(finding: Finding) -> bool:
    # Days below an age are days of birth.
    is_misfit = finding.rule == "column_misfit" and finding.field != "age_group"
    return is_misfit and finding.other == Kind.DATE


def _answered(finding: Finding, told: Instructions) -> Finding:
    is_confirmed = finding.question is not None and finding.question in told.confirmed
    return replace(finding, severity=Severity.WARNING) if is_confirmed else finding


def _doubts(
    results: Sequence[CheckResult], as_of: date, earlier: Earlier | None
) -> Iterator[Finding]:
    contract = table(results[0].table)
    rows = pa.concat_tables([result.accepted for result in results])
    names = {_BEGUN: STARTS[contract.name], _AREA: contract.area}
    # A column that any of the files lacks is filled in part only: nothing is asked about it.
    left_out = {name for result in results for name in result.absent}
    with database(spills=False) as connection:
        connection.execute("CREATE TABLE terms AS SELECT $as_of::DATE AS as_of", {"as_of": as_of})
        given = {"taken": rows} | ({} if earlier is None else _before(earlier, rows, contract))
        for name, content in given.items():
            connection.from_arrow(_course(content, contract)).create(name)
        for each in rules():
            if each.scope is not Scope.DELIVERY or not each.applies_to(contract):
                continue
            if each.needs is Need.PREVIOUS and earlier is None:
                continue
            for _, field, value, other in connection.execute(each.sql).fetchall():
                column = names.get(field, field)
                is_left_out = each.severity is Severity.QUESTION and column in left_out
                if column in contract.column_names and not is_left_out:
                    yield _finding(results[-1], each, field=column, value=value, other=other)


def _before(earlier: Earlier, rows: pa.Table, contract: Table) -> dict[str, pa.Table]:
    senders = pc.unique(rows.column(contract.area))
    of_these = pc.is_in(earlier.previous.column(contract.area), value_set=senders)
    return {"previous": earlier.previous.filter(of_these), "history": earlier.history}


def _course(rows: pa.Table, contract: Table) -> pa.Table:
    """Return the columns that the rules read; those of other tables are NULL."""
    missing = {name: pa.nulls(rows.num_rows, kind) for name, kind in _READ.items()}
    known = {name: rows.column(name) for name in missing if name in rows.column_names}
    area, begun = rows.column(contract.area), rows.column(STARTS[contract.name])
    return pa.table({_AREA: area, _BEGUN: begun, **missing, **known})


def _finding(
    result: CheckResult,
    broken: Rule,
    *,
    field: str,
    value: str | None = None,
    other: str | None = None,
) -> Finding:
    return Finding(
        broken.id,
        broken.severity,
        result.table,
        result.file,
        key=value,
        field=field,
        value=value,
        other=other,
    )
