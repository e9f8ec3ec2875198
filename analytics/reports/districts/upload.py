"""A district's own files, checked and tried out on a snapshot without being delivered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check, unusable_result
from analytics.extracts.contract import CASES, OF_CASES, REFERRALS, Table, TableName
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.findings import Finding
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.questions import ask, earlier_rows
from analytics.extracts.readers import OTHER_TABLE_ROWS, Source, read, tables_in
from analytics.extracts.trial import TRIED, Sent, Snapshot, snapshot_of
from analytics.extracts.trial import try_out as merged_trial
from analytics.queries.own_beside import OwnBesideReleased
from analytics.queries.store import ParquetStore

Tell = Callable[[str, str, float], None]
"""Told what begins (``read``, ``check`` or ``merge``), of which file, and the share done."""

_BESIDE: Final = {
    "needs_beside_cases": REFERRALS.name.value,
    "cases_beside_needs": CASES.name.value,
}
"""Mentions of what else the rows of a file hold, and as which table that is read."""

_OUT_OF_MEMORY: Final = (duckdb.OutOfMemoryException, MemoryError)


@dataclass(frozen=True, slots=True, eq=False)
class OwnFile:
    """A file of the district, the table that it is read as, and what is told about it."""

    source: Source
    table: Table
    told: Instructions = NOTHING_TOLD


@dataclass(frozen=True, slots=True, eq=False)
class Upload:
    """What became of a district's files.

    Attributes:
        district: AGS-5.
        folder: The snapshot that they were held against.
        checks: What the check found, one per file.
        files: The files, in the same order.
        store: The snapshot with the accepted rows in place of the district's; None where nothing
            can be shown. Whoever holds the upload closes it.
        problem: Why there is no store although every file could be used.
    """

    district: str
    folder: Path
    checks: tuple[CheckResult, ...]
    files: tuple[OwnFile, ...] = ()
    store: ParquetStore | None = None
    problem: UnusableInputError | None = None

    @property
    def is_usable(self) -> bool:
        """Say whether the profile can be shown for the files."""
        return self.store is not None


def tables() -> tuple[TableName, ...]:
    """Return the tables that can be tried out, cases first."""
    return tuple(table.name for table in TRIED)


def tables_of(source: Source) -> tuple[TableName, ...]:
    """Return which tables a file holds; cases where its headers do not tell."""
    found = tables_in(source)
    return tuple(each.name for each in TRIED if each.name.value in found) or (CASES.name,)


def try_out(
    folder: Path, files: Sequence[OwnFile], district: str, tell: Tell | None = None
) -> Upload:
    """Check a district's files as a delivery would be, and show the snapshot with them.

    Nothing is written to the disk. Rows of cases are held against the cases that come with them,
    else against those that the district has delivered.

    Args:
        folder: The snapshot; its data cut counts.
        files: One or more files; together they hold each key once.
        district: The sender; rows of others are set aside.
        tell: Told how far it is.

    Raises:
        ManifestError: If the snapshot cannot be read.
        UnknownAreaError: If there is no such district.
    """
    base = snapshot_of(folder, district, registry())
    in_order = sorted(files, key=lambda file: TRIED.index(file.table))
    checks, accepted = _checked(base, in_order, tell or _silent)
    own, asked = base.district, tuple(in_order)
    if not all(result.is_taken for result in checks):
        return Upload(own, folder, checks, asked)
    if not any(rows.num_rows for rows in accepted.values()):
        return Upload(
            own, folder, checks, asked, problem=UnusableInputError("report_upload.no_row")
        )
    (tell or _silent)("merge", "", 1.0)
    try:
        store = _store(base, checks, accepted)
    except _OUT_OF_MEMORY:
        return Upload(own, folder, checks, asked, problem=_too_large())
    except UnusableInputError as error:
        return Upload(own, folder, checks, asked, problem=error)
    return Upload(own, folder, checks, asked, store)


def _checked(
    base: Snapshot, files: Sequence[OwnFile], tell: Tell
) -> tuple[tuple[CheckResult, ...], dict[str, pa.Table]]:
    checks: list[CheckResult] = []
    accepted: dict[str, pa.Table] = {}
    for place, file in enumerate(files):
        name = file.table.name.value
        result = _check_one(base, file, accepted, tell, (place / len(files), 1 / len(files)))
        checks.append(_without_offered(result, file, files))
        taken = accepted.get(name, file.table.schema.empty_table())
        accepted[name] = pa.concat_tables([taken, result.accepted])
    return _asked(base, files, checks), accepted


def _asked(
    base: Snapshot, files: Sequence[OwnFile], checks: Sequence[CheckResult]
) -> tuple[CheckResult, ...]:
    """Put the questions about the files of each table together."""
    found: list[CheckResult] = []
    for table, group in groupby(zip(files, checks, strict=True), key=lambda each: each[0].table):
        of_table = list(group)
        confirmed = {each for file, _ in of_table for each in file.told.confirmed}
        unrecorded = {name for file, _ in of_table for name in file.told.not_recorded}
        told = Instructions(confirmed=tuple(confirmed), not_recorded=tuple(unrecorded))
        results = [result for _, result in of_table]
        earlier = earlier_rows(base.folder, base.manifest.tables, table)
        found += ask(results, as_of=base.manifest.as_of, earlier=earlier, told=told)
    return tuple(found)


def _without_offered(result: CheckResult, file: OwnFile, files: Sequence[OwnFile]) -> CheckResult:
    """Return the result without the mention of tables in the file that are read beside it."""
    also = {each.table.name.value for each in files if each.source is file.source}
    found = tuple(each for each in result.findings if _offered(each) not in also)
    return replace(result, findings=found)


def _offered(finding: Finding) -> str | None:
    """Return the table that a finding mentions as being in the file, too."""
    return finding.value if finding.rule == OTHER_TABLE_ROWS else _BESIDE.get(finding.rule)


def _check_one(
    base: Snapshot,
    file: OwnFile,
    accepted: Mapping[str, pa.Table],
    tell: Tell,
    stretch: tuple[float, float],
) -> CheckResult:
    start, length = stretch
    name = file.source.name
    tell("read", name, start)
    try:
        delivery = read(file.source, file.table, file.told)
        return check(
            delivery,
            as_of=base.manifest.as_of,
            registry=base.areas,
            district=base.district,
            cases=_known_cases(base, file.table, accepted),
            previous=base.delivered_rows(file.table),
            progress=lambda done, total: tell("check", name, start + length * done / total),
        )
    except UnusableInputError as error:
        return unusable_result(error, file.table, file.source)
    except _OUT_OF_MEMORY:
        return unusable_result(_too_large(), file.table, file.source)


def _known_cases(base: Snapshot, table: Table, accepted: Mapping[str, pa.Table]) -> pa.Table | None:
    """Return the cases that rows must belong to; None leaves that unchecked."""
    if table not in OF_CASES:
        return None
    return accepted.get(CASES.name.value, base.delivered_rows(CASES))


def _store(
    base: Snapshot, checks: Sequence[CheckResult], accepted: Mapping[str, pa.Table]
) -> ParquetStore:
    sent = {
        name: Sent(
            ", ".join(result.file for result in of_table),
            tuple(sorted({column for result in of_table for column in result.not_recorded})),
            tuple(dict.fromkeys(each for result in of_table for each in result.confirmed)),
        )
        for name in accepted
        if (of_table := [result for result in checks if result.table == name])
    }
    filled = {name: rows for name, rows in accepted.items() if rows.num_rows}
    return OwnBesideReleased(base.folder, merged_trial(base, filled, sent), base.district)


def _too_large() -> UnusableInputError:
    return UnusableInputError("report_upload.out_of_memory")


def _silent(_step: str, _file: str, _share: float) -> None:
    """Take no notice of progress."""
