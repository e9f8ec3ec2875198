"""``python -m analytics check``: hold delivered files against the rules, without storing them."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click
import pyarrow as pa

from analytics.cli._store import DATE_FORMATS, data_cut
from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, Progress, check, unusable_result
from analytics.extracts.contract import CASES, TABLES, Table, table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.findings import Finding, total
from analytics.extracts.manifest import ManifestError
from analytics.extracts.readers import Delivery, read
from analytics.extracts.rules import Need, Severity, rule
from analytics.i18n import Words
from analytics.reports.opening import DamagedSnapshotError
from analytics.settings import settings

CLEAN: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2

_SHOWN: Final = 20
_FILE: Final = click.Path(path_type=Path)


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("check", help=w("cli_check.about"), epilog=w("cli_check.example"))
    @click.argument("files", nargs=-1, required=True, type=_FILE, metavar=w("cli_check.files"))
    @click.option(
        "--table", "name", type=click.Choice(list(TABLES)), required=True, help=w("cli_check.table")
    )
    @click.option("--district", metavar="AGS", help=w("cli_check.district"))
    @click.option(
        "--as-of",
        type=click.DateTime(DATE_FORMATS),
        metavar=w("cli_check.day"),
        help=w("cli_check.as_of"),
    )
    @click.option("--cases", type=_FILE, metavar=w("cli_check.file"), help=w("cli_check.cases"))
    @click.option("--json", "as_json", is_flag=True, help=w("cli_check.json"))
    @click.option("--findings", type=_FILE, metavar="OUT.xlsx", help=w("cli_check.findings"))
    def run(
        files: tuple[Path, ...],
        name: str,
        district: str | None,
        as_of: datetime | None,
        cases: Path | None,
        as_json: bool,
        findings: Path | None,
    ) -> int:
        day = as_of.date() if as_of else _usual_data_cut()
        known = _accepted_cases(cases, day) if cases else None
        checked = [
            _check(path, table(name), w, as_of=day, district=district, cases=known)
            for path in files
        ]
        _print(checked, w, as_json=as_json)
        if findings is not None:
            _write(checked, findings, w)
        return exit_code([result for _, result in checked])

    return run


def _usual_data_cut() -> date:
    """Return the day that ``ingest`` would check against, so that both come to one result."""
    try:
        current = data_cut(settings().store)
    except (DamagedSnapshotError, ManifestError):
        current = None  # a check needs no store
    return current or datetime.now(UTC).date()


def exit_code(results: Sequence[CheckResult]) -> int:
    """Return 2 where a file cannot be used, 1 where there are findings, else 0."""
    if not all(result.is_usable for result in results):
        return UNUSABLE
    return FINDINGS if any(result.findings for result in results) else CLEAN


def _accepted_cases(path: Path, day: date) -> pa.Table:
    return check(read(path, CASES), as_of=day, registry=registry()).accepted


def _check(
    path: Path,
    contract: Table,
    w: Words,
    *,
    as_of: date,
    district: str | None,
    cases: pa.Table | None,
) -> tuple[Delivery | None, CheckResult]:
    """Check one file with progress on standard error."""
    click.echo(w("cli_check.reading", file=path.name), err=True)
    try:
        delivery = read(path, contract)
        rows = w.number(delivery.rows)
        click.echo(w("cli_check.checking", file=path.name, rows=rows), err=True)
        result = check(
            delivery,
            as_of=as_of,
            registry=registry(),
            district=district,
            cases=cases,
            progress=_show_progress(w),
        )
    except UnusableInputError as error:
        return None, unusable_result(error, contract, path)
    return delivery, result


def _show_progress(w: Words) -> Progress | None:
    """Return what counts the rules on one line; nothing where nobody is watching."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, steps: int) -> None:
        ending = "\n" if done == steps else "\r"
        click.echo(w("cli_check.progress", done=done, total=steps) + ending, nl=False, err=True)

    return show


def _print(
    checked: Sequence[tuple[Delivery | None, CheckResult]], w: Words, *, as_json: bool
) -> None:
    results = [result for _, result in checked]
    if as_json:
        content = {"files": [result.to_json(w) for result in results]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
        return
    for result in results:
        for line in _report(result, w):
            click.echo(line)


def _report(result: CheckResult, w: Words) -> list[str]:
    """Return the lines that say what was found in one file."""
    lines = [_headline(result, w)]
    for severity in Severity:
        found = [finding for finding in result.findings if finding.severity is severity]
        if not found:
            continue
        count = w.number(total(found, severity))
        lines.append(w("cli_check.group", severity=w(f"rule.severity_{severity}"), count=count))
        for finding in found[:_SHOWN]:
            lines += _finding(finding, w)
        if rest := total(found[_SHOWN:], severity):
            lines.append(w("cli_check.more", count=w.number(rest)))
    if any(rule(each).needs is Need.CASES for each in result.skipped):
        lines.append(w("cli_check.without_cases"))
    return lines


def _headline(result: CheckResult, w: Words) -> str:
    if not result.is_usable:
        return w("cli_check.file_unusable", file=result.file)
    line = w(
        "cli_check.file_line",
        file=result.file,
        table=w(table(result.table).label),
        rows=w.number(result.rows),
        accepted=w.number(result.rows_accepted),
        quarantined=w.number(result.rows_quarantined),
    )
    return line if result.findings else f"{line}. {w('cli_check.clean')}"


def _finding(finding: Finding, w: Words) -> list[str]:
    text = finding.text(w)
    if finding.line is None:
        lines = [w("cli_check.finding_nowhere", text=text)]
    else:
        where = w("rule.where_line", line=finding.line)
        lines = [w("cli_check.finding", where=where, text=text)]
    if mend := finding.mend(w):
        lines.append(w("cli_check.mend", text=mend))
    return lines


def _write(checked: Sequence[tuple[Delivery | None, CheckResult]], target: Path, w: Words) -> None:
    # Imported here: most checks need no workbook.
    from analytics.exports.findings_xlsx import write_findings

    write_findings(checked, target, w)
    click.echo(w("cli_check.written", path=target), err=True)
