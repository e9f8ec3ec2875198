"""``python -m analytics ingest``: check deliveries and publish what can be taken."""

import json
import sys
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analytics.cli._findings import finding_lines, read_lines
from analytics.cli._store import DATE_FORMATS, store_option
from analytics.cli._told import told_options
from analytics.cli.check import FINDINGS, exit_code, write_workbook
from analytics.extracts.contract import TABLES, table
from analytics.extracts.findings import Finding
from analytics.extracts.ingest import PHASES, IngestReport, ingest
from analytics.extracts.instructions import Instructions
from analytics.extracts.manifest import ManifestError
from analytics.extracts.rules import Scope, rule
from analytics.extracts.snapshots import SnapshotStore
from analytics.extracts.what_was_read import reading_json
from analytics.i18n import Words

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("ingest", help=w("cli_ingest.help"))
    @click.argument(
        "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
    )
    @click.option(
        "--table",
        "name",
        type=click.Choice(list(TABLES)),
        required=True,
        help=w("cli_ingest.table"),
    )
    @click.option("--district", metavar="AGS", help=w("cli_ingest.district"))
    @store_option(w)
    @click.option(
        "--as-of", type=click.DateTime(DATE_FORMATS), metavar="DATE", help=w("cli_ingest.as_of")
    )
    @click.option("--json", "as_json", is_flag=True, help=w("cli_ingest.json"))
    @click.option(
        "--findings",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=w("cli_check.findings"),
    )
    @told_options(w)
    def run(
        files: tuple[Path, ...],
        name: str,
        district: str | None,
        store: Path,
        as_of: datetime | None,
        as_json: bool,
        findings: Path | None,
        told: Instructions,
    ) -> int:
        with _bar(w, len(files)) as bar:
            try:
                report = ingest(
                    files,
                    table(name),
                    store=SnapshotStore(store),
                    district=district,
                    as_of=as_of.date() if as_of else None,
                    told=told,
                    progress=lambda phase: bar.update(1, phase),
                )
            except ManifestError:
                raise click.ClickException(w("cli_store.damaged", store=store)) from None
        click.echo(_as_json(report, w) if as_json else "\n".join(_lines(report, w)))
        if findings is not None:
            write_workbook(report.checks, findings, w)
        code = exit_code(report.checks)
        # Rows that were all refused leave findings; a delivery without effect is never clean.
        return code if report.manifest else max(code, FINDINGS)

    return run


def _bar(w: Words, files: int) -> "AbstractContextManager[ProgressBar[str]]":
    """Return the bar of the phases; the first two come once per file."""

    def words_of(phase: str | None) -> str:
        return w(f"cli_ingest.phase_{phase}") if phase else ""

    return click.progressbar(
        length=len(PHASES) + 2 * (files - 1),
        label=w("cli_ingest.label"),
        item_show_func=words_of,
        file=sys.stderr,
    )


def _lines(report: IngestReport, w: Words) -> list[str]:
    read = [line for result in report.checks for line in read_lines(result, w)]
    lines = [*read, _counts(report, w), *_found(report, w)]
    if report.manifest is None:
        is_asked = any(result.open_questions for result in report.checks)
        lines.append(w("cli_ingest.asked" if is_asked else "cli_ingest.nothing"))
    else:
        as_of = w.date(report.manifest.as_of)
        lines.append(w("cli_ingest.published", id=report.manifest.snapshot_id, as_of=as_of))
    if report.demonstration:
        lines.append(w("cli_ingest.demonstration", count=w.number(report.demonstration)))
    if report.orphans:
        lines.append(w("cli_ingest.orphans", count=w.number(report.orphans)))
    for name, count in report.other_orphans.items():
        label = w(table(name).label)
        lines.append(w("cli_ingest.other_orphans", table=label, name=name, count=w.number(count)))
    if report.quarantine:
        lines.append(w("cli_ingest.quarantine", file=report.quarantine))
    return lines


def _found(report: IngestReport, w: Words) -> list[str]:
    """Return what was found; of several files what is about each, and then about all of them."""
    if len(report.checks) == 1:
        return finding_lines(report.findings, w)
    parts = [
        (w("cli_ingest.in_file", file=result.file), [f for f in result.findings if not _of_all(f)])
        for result in report.checks
    ]
    parts.append((w("cli_ingest.in_delivery"), [f for f in report.findings if _of_all(f)]))
    told = ([head, *finding_lines(findings, w)] for head, findings in parts if findings)
    return [line for lines in told for line in lines]


def _of_all(finding: Finding) -> bool:
    return "." not in finding.rule and rule(finding.rule).scope is Scope.DELIVERY


def _counts(report: IngestReport, w: Words) -> str:
    return w(
        "cli_ingest.counts",
        table=w(table(report.table).label),
        rows=w.number(report.rows),
        taken=w.number(report.rows_taken),
        replaced=w.number(report.replaced),
        emptied=w.number(report.fields_emptied),
    )


def _as_json(report: IngestReport, w: Words) -> str:
    content = {
        "table": report.table,
        "rows": report.rows,
        "rows_taken": report.rows_taken,
        "fields_emptied": report.fields_emptied,
        "rows_replaced": report.replaced,
        "demonstration_rows_removed": report.demonstration,
        "referrals_without_case": report.orphans,
        "other_rows_without_case": dict(report.other_orphans),
        "snapshot": report.manifest.snapshot_id if report.manifest else None,
        "as_of": report.manifest.as_of.isoformat() if report.manifest else None,
        "quarantine": str(report.quarantine) if report.quarantine else None,
        "read": [
            {"file": result.file, **reading_json(result.facts)}
            for result in report.checks
            if result.facts is not None
        ],
        "findings": [finding.to_json(w) for finding in report.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)
