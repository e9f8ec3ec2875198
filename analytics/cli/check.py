"""``python -m analytics check``: hold delivered files against the rules, without storing them."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click
import pyarrow as pa

from analytics.cli._findings import report_lines
from analytics.cli._store import DATE_FORMATS, data_cut
from analytics.cli._told import told_options
from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, Progress, check, unusable_result
from analytics.extracts.contract import CASES, TABLES, Table, table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.file_rules import TOLD_HEADER
from analytics.extracts.instructions import Instructions
from analytics.extracts.manifest import ManifestError, read_manifest
from analytics.extracts.questions import Earlier, ask, earlier_rows
from analytics.extracts.readers import Source, read, session_secret
from analytics.extracts.readers.claims import told_of
from analytics.i18n import Words
from analytics.reports.basis.opening import DamagedSnapshotError, current_folder
from analytics.settings import settings

CLEAN: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2
ASKED: Final = 3
"""Exit code of files that could be taken if somebody answered a question about them."""

_FILE: Final = click.Path(path_type=Path)


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("check", help=w("cli_check.about"), epilog=w("cli_check.example"))
    @click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
    @click.option(
        "--table", "name", type=click.Choice(list(TABLES)), required=True, help=w("cli_check.table")
    )
    @click.option("--district", metavar="AGS", help=w("cli_check.district"))
    @click.option(
        "--as-of", type=click.DateTime(DATE_FORMATS), metavar="DATE", help=w("cli_check.as_of")
    )
    @click.option("--cases", type=_FILE, metavar="FILE", help=w("cli_check.cases"))
    @click.option("--json", "as_json", is_flag=True, help=w("cli_check.json"))
    @click.option("--findings", type=_FILE, metavar="FILE", help=w("cli_check.findings"))
    @told_options(w)
    def run(
        files: tuple[Path, ...],
        name: str,
        district: str | None,
        as_of: datetime | None,
        cases: Path | None,
        as_json: bool,
        findings: Path | None,
        told: Instructions,
    ) -> int:
        contract, day = table(name), as_of.date() if as_of else _usual_data_cut()
        # A check changes nothing, so the store's own secret is neither used nor made.
        secret = session_secret()
        known = None
        if cases:
            source = Source(cases.name, cases, secret=secret)
            known = _accepted_cases(source, day, district, told)
        checked = [
            _check(
                Source(path.name, path, secret=secret),
                contract,
                w,
                as_of=day,
                district=district,
                cases=known,
                told=told,
            )
            for path in files
        ]
        results = ask(checked, as_of=day, earlier=_in_force(contract), told=told)
        _print(results, w, as_json=as_json)
        if findings is not None:
            write_workbook(results, findings, w)
        return exit_code(results)

    return run


def _usual_data_cut() -> date:
    """Return the day that ``ingest`` would check against, so that both come to one result."""
    try:
        current = data_cut(settings().store)
    except (DamagedSnapshotError, ManifestError):
        current = None  # a check needs no store
    return current or datetime.now(UTC).date()


def exit_code(results: Sequence[CheckResult]) -> int:
    """Return 2 where a file cannot be used, 3 where questions are open, 1 on findings, else 0."""
    if not all(result.is_usable for result in results):
        return UNUSABLE
    if not all(result.is_taken for result in results):
        return ASKED
    return FINDINGS if any(result.findings for result in results) else CLEAN


def _in_force(contract: Table) -> Earlier | None:
    """Return what ``ingest`` would compare the delivery with, so that both ask the same."""
    try:
        folder = current_folder(settings().store)
        return (
            None if folder is None else earlier_rows(folder, read_manifest(folder).tables, contract)
        )
    except (DamagedSnapshotError, ManifestError, OSError):
        return None


def _accepted_cases(
    source: Source, day: date, district: str | None, told: Instructions
) -> pa.Table:
    """Return the cases of their own file, read as the sender has told.

    What is told of the needs' headers need not stand in this file.
    """
    own = told_of(told, CASES)
    result = check(read(source, CASES, own), as_of=day, registry=registry(), district=district)
    if absent := {found.value for found in result.findings if found.rule == TOLD_HEADER}:
        own = replace(own, columns=tuple(pair for pair in own.columns if pair[0] not in absent))
        result = check(read(source, CASES, own), as_of=day, registry=registry(), district=district)
    return result.accepted


def _check(
    source: Source,
    contract: Table,
    w: Words,
    *,
    as_of: date,
    district: str | None,
    cases: pa.Table | None,
    told: Instructions,
) -> CheckResult:
    """Check one file with progress on standard error."""
    click.echo(w("cli_check.reading", file=source.name), err=True)
    try:
        delivery = read(source, contract, told)
        rows = w.number(delivery.rows)
        click.echo(w("cli_check.checking", file=source.name, rows=rows), err=True)
        return check(
            delivery,
            as_of=as_of,
            registry=registry(),
            district=district,
            cases=cases,
            progress=_show_progress(w),
        )
    except UnusableInputError as error:
        return unusable_result(error, contract, source)


def _show_progress(w: Words) -> Progress | None:
    """Return what counts the rules on one line; nothing where nobody is watching."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, steps: int) -> None:
        ending = "\n" if done == steps else "\r"
        click.echo(w("cli_check.progress", done=done, total=steps) + ending, nl=False, err=True)

    return show


def _print(results: Sequence[CheckResult], w: Words, *, as_json: bool) -> None:
    if as_json:
        content = {"files": [result.to_json(w) for result in results]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
        return
    for result in results:
        for line in report_lines(result, w):
            click.echo(line)


def write_workbook(results: Sequence[CheckResult], target: Path, w: Words) -> None:
    """Write the findings as a workbook and say where it is."""
    # Imported here: most checks need no workbook.
    from analytics.exports.findings_xlsx import write_findings

    write_findings(results, target, w)
    click.echo(w("cli_check.written", path=target), err=True)
