"""What is told of a district's own files: rows, findings by rule, and each finding.

These rows are the sender's own and are shown to nobody else, so counts of them stand as they are.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

import pandas as pd

from analytics.domain.vocabulary import Provenance
from analytics.extracts.check import CheckResult
from analytics.extracts.contract import table, wording
from analytics.extracts.findings import Finding, total
from analytics.extracts.manifest import read_manifest
from analytics.extracts.rules import Severity
from analytics.extracts.what_was_read import reading_lines
from analytics.i18n import Words
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.making import Basis, Column, Exhibit, readable
from analytics.reports.data.findings_report import rule_text
from analytics.reports.districts.upload import Upload

EMPTY: Final = "–"


def upload_overview(upload: Upload, w: Words) -> Exhibit:
    """Return one row a file: ``file, table, rows, accepted, quarantined, emptied, verdict``."""
    rows = [_file_row(result, w) for result in upload.checks]
    taken = sum(result.rows_accepted for result in upload.checks)
    sent = sum(result.rows for result in upload.checks)
    return Basis(_source(upload, w), w).exhibit(
        "upload_overview",
        _title(upload, sent, taken, w),
        _sentence(upload.checks, w),
        (
            *readable(w, file="report_upload.file", table="report_upload.table"),
            *readable(w, "number", rows="report_upload.rows", accepted="report_upload.accepted"),
            Column("quarantined", w("report_upload.quarantined"), "number"),
            Column("emptied", w("report_upload.emptied"), "number"),
            Column("verdict", w("report_upload.verdict")),
        ),
        pd.DataFrame(rows),
        notes=tuple(_skipped(upload.checks, w)),
    )


def upload_rules(upload: Upload, w: Words) -> Exhibit:
    """Return one row a table, rule and field with findings: ``severity, rule, number, table``."""
    found = sorted(_findings(upload), key=_gravest_first)
    rows = [
        {
            "severity": w(f"rule.severity_{severity}"),
            "rule": _of_rule(named, severity, wording(name, field), w),
            "number": sum(finding.count for finding in group),
            "table": w(table(name).label),
        }
        for (severity, name, named, field), group in _grouped(found)
    ]
    columns = (
        *readable(w, severity="report_upload.severity", rule="report_upload.finding"),
        Column("number", w("report_upload.number"), "number"),
        Column("table", w("report_upload.table")),
    )
    kinds = w.number(len(rows))
    return Basis(_source(upload, w), w).exhibit(
        "upload_rules",
        w("report_upload.rules_title", kinds=kinds) if rows else w("report_upload.clean"),
        w("report_upload.rules_sentence") if rows else w("report_upload.clean_sentence"),
        columns,
        pd.DataFrame(rows, columns=[c.name for c in columns]),
    )


def upload_findings(upload: Upload, w: Words) -> Exhibit:
    """Return one row a finding, in the order of files and lines; all columns are text.

    Columns ``file, sheet, line, field, value, severity, text, mend``; values are shortened, and
    masked where they identify people.
    """
    rows = [_finding_row(finding, w) for finding in _findings(upload)]
    columns = tuple(
        Column(name, w(f"report_upload.{name}"))
        for name in ("file", "sheet", "line", "field", "value", "severity", "text", "mend")
    )
    return Basis(_source(upload, w), w).exhibit(
        "upload_findings",
        w("report_upload.findings_title"),
        w("report_upload.findings_sentence"),
        columns,
        pd.DataFrame(rows, columns=[c.name for c in columns]),
    )


def readings(upload: Upload, w: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return for each file what was read and how, one sentence a line."""
    return tuple(
        (f"{result.file} ({w(table(result.table).label)})", tuple(reading_lines(result.facts, w)))
        for result in upload.checks
        if result.facts is not None
    )


def stops(upload: Upload, w: Words) -> tuple[str, ...]:
    """Return why nothing can be taken, one sentence a reason with how to mend it."""
    found = [f for f in _findings(upload) if f.severity is Severity.FILE]
    texts = [f"{f.file}: {f.text(w)} {f.mend(w)}".strip() for f in found]
    if upload.problem is not None:
        texts.append(w(upload.problem.message, **upload.problem.values))
    return tuple(texts)


def _findings(upload: Upload) -> list[Finding]:
    return [finding for result in upload.checks for finding in result.findings]


def _file_row(result: CheckResult, w: Words) -> dict[str, object]:
    return {
        "file": result.file,
        "table": w(table(result.table).label),
        "rows": result.rows,
        "accepted": result.rows_accepted,
        "quarantined": result.rows_quarantined,
        "emptied": result.emptied,
        "verdict": w(f"report_upload.verdict_{_verdict(result)}"),
    }


def _verdict(result: CheckResult) -> str:
    if not result.is_usable:
        return "unusable"
    if result.open_questions:
        return "asked"
    if result.findings:
        return "flawed"
    return "clean"


def _title(upload: Upload, sent: int, taken: int, w: Words) -> str:
    if not all(result.is_usable for result in upload.checks):
        return w("report_upload.title_unusable")
    if any(result.open_questions for result in upload.checks):
        return w("report_upload.title_asked")
    return w("report_upload.title", taken=w.number(taken), sent=w.number(sent))


def _sentence(checks: Sequence[CheckResult], w: Words) -> str:
    found = [finding for result in checks for finding in result.findings]
    return w(
        "report_upload.sentence",
        quarantined=w.number(sum(result.rows_quarantined for result in checks)),
        emptied=w.number(sum(result.emptied for result in checks)),
        warnings=w.number(total(found, Severity.WARNING)),
    )


def _skipped(checks: Iterable[CheckResult], w: Words) -> Iterable[str]:
    """Say which rules had nothing to be held against."""
    if any("missing_case" in result.skipped for result in checks):
        yield w("report_upload.without_cases")
    if any(set(result.skipped) - {"missing_case"} for result in checks):
        yield w("report_upload.without_previous")


def _grouped(
    found: Sequence[Finding],
) -> Iterable[tuple[tuple[Severity, str, str, str], list[Finding]]]:
    return [(key[1:], list(group)) for key, group in groupby(found, key=_gravest_first)]


def _gravest_first(finding: Finding) -> tuple[int, Severity, str, str, str]:
    place = list(Severity).index(finding.severity)
    return place, finding.severity, finding.table, finding.rule, finding.field or ""


def _of_rule(named: str, severity: Severity, field: str, w: Words) -> str:
    if "." in named:  # a file that cannot be read; its message is told in full above
        return w("report_upload.unreadable")
    return rule_text(named, severity, field, w)


def _finding_row(finding: Finding, w: Words) -> dict[str, str]:
    return {
        "file": finding.file or EMPTY,
        "sheet": finding.sheet or EMPTY,
        "line": EMPTY if finding.line is None else w.number(finding.line),
        "field": finding.field_label(w) or EMPTY,
        "value": finding.value or EMPTY,
        "severity": w(f"rule.severity_{finding.severity}"),
        "text": finding.text(w),
        "mend": finding.mend(w) or EMPTY,
    }


def _source(upload: Upload, w: Words) -> SourceLine:
    as_of = read_manifest(upload.folder).as_of
    files = ", ".join(dict.fromkeys(result.file for result in upload.checks))
    text = w("report_upload.source", files=files, as_of=w.date(as_of))
    return SourceLine(text, Provenance.DELIVERED, as_of, None)
