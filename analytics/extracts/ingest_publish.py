"""From checked rows to the next snapshot."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.vocabulary import Provenance
from analytics.extracts.bookkeeping import entry_after, findings_after
from analytics.extracts.check import CheckResult
from analytics.extracts.contract import CASES, OF_CASES, POPULATION, REFERRALS, Table, table
from analytics.extracts.findings_table import FINDINGS_NAME
from analytics.extracts.ingest_job import IngestReport, Job
from analytics.extracts.manifest import Delivery, Manifest, TableEntry
from analytics.extracts.merging import Merged, merge, orphans
from analytics.extracts.snapshot_errors import Problem, SnapshotError


def publish_delivery(
    job: Job,
    checks: tuple[CheckResult, ...],
    accepted: pa.Table,
    origin: Provenance,
    kept_back: Path | None,
) -> IngestReport:
    """Merge checked rows into the tables in force and publish the next snapshot.

    Args:
        job: The delivery.
        checks: What the check found, one per file.
        accepted: The rows of all files that may be published.
        origin: Where they come from.
        kept_back: The file with the rows that may not.

    Raises:
        SnapshotError: If keys clash or the result is no sound snapshot.
    """
    job.tell("merge")
    _refuse_keys_of_two_files(job.table, checks)
    merged = _merge(job, job.table, accepted)
    names = ", ".join(result.file for result in checks)
    delivered = {
        sender: Delivery(
            origin,
            names,
            job.at,
            rows,
            not_recorded=_not_recorded(sender, checks, job.table),
            confirmed=tuple(dict.fromkeys(each for result in checks for each in result.confirmed)),
        )
        for sender, rows in merged.delivered.items()
    }
    before = job.base.entries
    entry = entry_after(job.table, before[job.table.name], merged.kept, delivered)
    changed = {job.table.name.value: (merged.file, entry)}
    demonstration = _without_demonstration(job, merged) if job.table is CASES else {}
    for each, cleared in demonstration.items():
        rest = entry_after(table(each), before[each], cleared.kept, {})
        changed[each] = (cleared.file, rest)
    manifest = _published(job, changed, _findings(job, checks, tuple(delivered)))
    without_case = _orphans(job, manifest) if job.table is CASES else {}
    return IngestReport(
        table=job.table.name.value,
        checks=checks,
        manifest=manifest,
        quarantine=kept_back,
        replaced=merged.removed,
        demonstration=sum(cleared.removed for cleared in demonstration.values()),
        orphans=without_case.pop(REFERRALS.name.value, 0),
        other_orphans=without_case,
    )


def _refuse_keys_of_two_files(table: Table, checks: Sequence[CheckResult]) -> None:
    """Name both files where a row's key stands in two; figures of the population may be sent twice.

    Raises:
        SnapshotError: If there is such a key.
    """
    if table is POPULATION or len(checks) == 1:
        return
    keys = pa.concat_tables(
        [
            result.accepted.select(table.key).append_column(
                "file", pa.repeat(pa.scalar(place, pa.int32()), result.rows_accepted)
            )
            for place, result in enumerate(checks)
        ]
    )
    grouped = keys.group_by(list(table.key), use_threads=False)
    counts = grouped.aggregate([("file", "min"), ("file", "max"), ("file", "count")])
    twice = counts.filter(pc.less(counts["file_min"], counts["file_max"]))
    if not twice.num_rows:
        return
    first = twice.slice(0, 1).to_pylist()[0]
    values = {
        "table": table.name,
        "count": pc.sum(twice["file_count"]).as_py() - twice.num_rows,
        "key": " | ".join(str(first[name] or "") for name in table.key),
        "first": checks[first["file_min"]].file,
        "second": checks[first["file_max"]].file,
    }
    raise SnapshotError(Problem("key_twice_in_files", values))


def _not_recorded(sender: str, checks: Sequence[CheckResult], table: Table) -> tuple[str, ...]:
    """Return what a sender does not record in any of the files that hold rows of it."""
    of_sender = (
        result.not_recorded
        for result in checks
        if pc.is_in(pa.scalar(sender), value_set=result.accepted.column(table.area)).as_py()
    )
    return tuple(sorted({name for names in of_sender for name in names}))


def _without_demonstration(job: Job, cases: Merged) -> dict[str, Merged]:
    """Take out demonstration rows, by table, whose cases a delivery has replaced.

    Invented needs or handovers must not run beside a district's real cases.
    """
    found = {}
    for each in OF_CASES:
        before = job.base.entries[each.name]
        cleared = frozenset(cases.delivered) - set(before.deliveries)
        if before.provenance is Provenance.SYNTHETIC and cleared:
            found[each.name.value] = _merge(job, each, each.schema.empty_table(), cleared)
    return found


def _merge(
    job: Job, table: Table, delivered: pa.Table, cleared: frozenset[str] = frozenset()
) -> Merged:
    return merge(
        table,
        delivered,
        current=job.base.file(table.name),
        cases=job.base.file(CASES.name),
        registry=job.areas,
        workspace=job.workspace,
        cleared=cleared,
    )


def _published(
    job: Job, changed: Mapping[str, tuple[Path, TableEntry]], findings: pa.Table
) -> Manifest:
    entries = {name: entry for name, (_, entry) in changed.items()}
    tables: dict[str, pa.Table | Path] = {name: file for name, (file, _) in changed.items()}
    if job.base.snapshot_id is None and POPULATION.name.value not in tables:
        tables[POPULATION.name.value] = job.base.file(POPULATION.name)
        entries[POPULATION.name.value] = job.base.entries[POPULATION.name]
    return job.store.publish(
        {**tables, FINDINGS_NAME: findings},
        as_of=job.as_of,
        provenance={n: e.provenance for n, e in entries.items()}
        | {FINDINGS_NAME: Provenance.DELIVERED},
        source={n: e.source for n, e in entries.items()} | {FINDINGS_NAME: ""},
        parent=job.base.snapshot_id,
        deliveries={n: e.deliveries for n, e in entries.items()},
        progress=job.tell,
    )


def _findings(job: Job, checks: Sequence[CheckResult], senders: Sequence[str]) -> pa.Table:
    return findings_after(
        job.base.file(FINDINGS_NAME),
        [finding for result in checks for finding in result.findings],
        table=job.table,
        senders=senders,
        registry=job.areas,
        at=job.at,
    )


def _orphans(job: Job, manifest: Manifest) -> dict[str, int]:
    """Return by table how many rows have lost their case, where any has."""
    folder = job.store.root / manifest.snapshot_id
    cases = folder / f"{CASES.name}.parquet"
    held = (each.name.value for each in OF_CASES if each.name in manifest.tables)
    counts = {name: orphans(folder / f"{name}.parquet", cases) for name in held}
    return {name: count for name, count in counts.items() if count}
