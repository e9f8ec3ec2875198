"""Taking a delivery: read, check, quarantine, merge, publish; all of it or nothing.

The store is held from reading the current snapshot to publishing the next one, so two deliveries
never overwrite each other.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import structlog

from analytics.domain.areas import registry
from analytics.domain.vocabulary import Provenance
from analytics.extracts.bookkeeping import base_of
from analytics.extracts.check import CheckResult, check, unusable_result
from analytics.extracts.contract import CASES, OF_CASES, POPULATION, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.ingest_job import PHASES, IngestReport, Job, Progress
from analytics.extracts.ingest_publish import publish_delivery
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.quarantine import quarantine
from analytics.extracts.questions import ask, earlier_rows
from analytics.extracts.readers import OFFICIAL, Source, read, store_secret
from analytics.extracts.snapshots import SnapshotStore

__all__ = ["PHASES", "IngestReport", "ingest"]

_LOG = structlog.get_logger(__name__)


def ingest(
    files: Sequence[Path],
    table: Table,
    *,
    store: SnapshotStore,
    district: str | None = None,
    as_of: date | None = None,
    told: Instructions = NOTHING_TOLD,
    progress: Progress | None = None,
) -> IngestReport:
    """Take ``files`` as one delivery of ``table`` and publish the result.

    The delivered rows replace those of the senders they come from; population figures replace those
    of the same district, date and series. Nothing is taken if any file is unusable, a question
    stays open or no row passes the check. A new store starts with empty tables and the official
    population.

    Args:
        files: One or more files; together they hold each key once.
        table: The table that they hold.
        store: Where to publish.
        district: The sender, an AGS; rows of others go to quarantine.
        as_of: The data cut; without it that of the current snapshot, in a new store today.
        told: What the sender tells about the files.
        progress: Told which phase begins.

    Raises:
        SnapshotError: If keys clash, dates lie after the data cut, or the store cannot be written;
            the old snapshot stays in force.
        ManifestError: If the current snapshot cannot be read.
    """
    with store.workspace() as workspace:
        base = base_of(store.base(), workspace)
        job = Job(
            table=table,
            store=store,
            workspace=workspace,
            base=base,
            as_of=as_of or base.as_of or datetime.now().astimezone().date(),
            at=datetime.now(UTC),
            district=district,
            areas=registry(),
            told=told,
            tell=progress or _silent,
        )
        checks, accepted, origin = _checked(job, files)
        if not all(result.is_taken for result in checks):
            return IngestReport(table.name.value, checks)
        return _take(job, checks, accepted, origin)


def _checked(
    job: Job, files: Sequence[Path]
) -> tuple[tuple[CheckResult, ...], pa.Table, Provenance]:
    """Check the files one after the other; each sees the population of those before it."""
    checks: list[CheckResult] = []
    accepted = job.table.schema.empty_table()
    cases = _known_cases(job)
    origin = Provenance.OFFICIAL
    secret = store_secret(job.store.root)
    for file in files:
        job.tell("read")
        try:
            delivery = read(Source(file.name, file, secret=secret), job.table, job.told)
            job.tell("check")
            result = check(
                delivery,
                as_of=job.as_of,
                registry=job.areas,
                district=job.district,
                cases=cases,
                previous=_previous(job, accepted),
            )
        except UnusableInputError as error:
            checks.append(unusable_result(error, job.table, file))
            continue
        if delivery.facts.format not in OFFICIAL:
            origin = Provenance.DELIVERED
        checks.append(result)
        accepted = _together(job.table, accepted, result.accepted)
    earlier = earlier_rows(job.base.folder, job.base.entries, job.table)
    return ask(checks, as_of=job.as_of, earlier=earlier, told=job.told), accepted, origin


def _take(
    job: Job, checks: tuple[CheckResult, ...], accepted: pa.Table, origin: Provenance
) -> IngestReport:
    senders = sorted(set(accepted[job.table.area].to_pylist()))
    rows = [(result.file, result.quarantined) for result in checks]
    kept_back = quarantine(
        rows,
        job.store.root,
        job.workspace,
        table=job.table.name.value,
        senders=[job.district] if job.district else senders,
        at=job.at,
    )
    if not accepted.num_rows:
        return IngestReport(job.table.name.value, checks, quarantine=kept_back)
    try:
        report = publish_delivery(job, checks, accepted, origin, kept_back)
    except BaseException:
        # A command told to stop after its snapshot has come into force has taken the delivery.
        if kept_back and _in_force(job.store) == job.base.snapshot_id:
            kept_back.unlink()
        raise
    _LOG.info("ingested", table=report.table, rows=report.rows, taken=report.rows_taken)
    return report


def _in_force(store: SnapshotStore) -> str | None:
    folder = store.current()
    return folder.name if folder else None


def _known_cases(job: Job) -> pa.Table | None:
    if job.table not in OF_CASES:
        return None
    return pq.read_table(job.base.file(CASES.name), columns=["district", "case_id"])


def _previous(job: Job, accepted: pa.Table) -> pa.Table | None:
    """Return what a delivery is compared with: earlier deliveries, never demonstration rows."""
    file = job.base.file(job.table.name)
    if job.table is POPULATION:
        return _together(POPULATION, pq.read_table(file), accepted)
    areas = sorted({area[:5] for area in job.base.entries[job.table.name].deliveries})
    if job.table.area != "district" or not areas:
        return None
    return pq.read_table(file, filters=[("district", "in", areas)])


def _together(table: Table, earlier: pa.Table, later: pa.Table) -> pa.Table:
    """Return both; of the population, later rows replace earlier ones of the same key."""
    if table is POPULATION:
        keys = list(table.key)
        earlier = earlier.join(later.select(keys), keys, join_type="left anti")
    return pa.concat_tables([earlier.select(table.column_names), later])


def _silent(_: str) -> None:
    """Take no notice of progress."""
