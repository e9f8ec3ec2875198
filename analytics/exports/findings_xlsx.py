"""Findings as a workbook for the sender: the rows concerned, cells marked, and a list of findings.

Cells are written as text, never as formulas; into a file one row after the other, so that the
workbook does not grow in memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from analytics.charts import theme
from analytics.exports.xlsx import AS_TEXT
from analytics.extracts.check import CheckResult
from analytics.extracts.durable import replace_bytes
from analytics.extracts.findings import Finding
from analytics.extracts.readers import LINE
from analytics.extracts.rules import Severity
from analytics.i18n import Words

# Fill and a bold face, so that the mark does not rest on colour alone.
_FILLS: Final[Mapping[Severity, str]] = {
    Severity.FILE: theme.ERROR_FILL,
    Severity.QUESTION: theme.ERROR_FILL,
    Severity.ROW: theme.ERROR_FILL,
    Severity.WARNING: theme.WARNING_FILL,
}
_LIST_WIDTHS: Final = (24, 16, 8, 12, 26, 26, 70, 70, 9)


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Any
    marks: Mapping[Severity, Any]


def findings_bytes(results: Sequence[CheckResult], w: Words) -> bytes:
    """Return the workbook of ``write_findings`` without writing anything to the disk."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {**AS_TEXT, "in_memory": True}) as workbook:
        _write(workbook, results, w)
    return content.getvalue()


def write_findings(results: Sequence[CheckResult], target: Path, w: Words) -> None:
    """Write the findings of one or more files to ``target``, in one step.

    The first sheet lists all findings; one more sheet per file holds the rows that listed findings
    are about, in the sender's column order, as delivered except for identifying values, which are
    masked. Columns that are not part of the contract are left out.

    Raises:
        OSError: If ``target`` cannot be written; what was there before is then still there.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {**AS_TEXT, "constant_memory": True}) as workbook:
        _write(workbook, results, w)
    replace_bytes(target, buffer.getvalue())


def _write(workbook: Any, results: Sequence[CheckResult], w: Words) -> None:
    marks = {
        severity: workbook.add_format({"bg_color": fill, "bold": True})
        for severity, fill in _FILLS.items()
    }
    formats = _Formats(workbook.add_format({"bold": True}), marks)
    _write_list(workbook, results, formats, w)
    for number, result in enumerate(results, start=1):
        if result.headers:
            sheet = workbook.add_worksheet(w("cli_check.sheet_rows", number=number))
            _write_rows(sheet, result, formats, w)


def _write_list(workbook: Any, results: Sequence[CheckResult], formats: _Formats, w: Words) -> None:
    sheet = workbook.add_worksheet(w("cli_check.sheet_findings"))
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_LIST_WIDTHS):
        sheet.set_column(column, column, width)
    names = ("file", "sheet", "line", "severity", "field", "value", "text", "mend", "count")
    sheet.write_row(0, 0, [w(f"cli_check.column_{name}") for name in names], formats.title)
    findings = [finding for result in results for finding in result.findings]
    for row, finding in enumerate(findings, start=1):
        sheet.write_row(row, 0, _list_cells(finding, w))


def _list_cells(finding: Finding, w: Words) -> list[str | int | None]:
    return [
        finding.file,
        finding.sheet,
        finding.line,
        w(f"rule.severity_{finding.severity}"),
        finding.field_label(w) or None,
        finding.value,
        finding.text(w),
        finding.mend(w),
        finding.count,
    ]


def _write_rows(sheet: Any, result: CheckResult, formats: _Formats, w: Words) -> None:
    columns = [name for name in result.headers if name in result.concerned.column_names]
    by_row = _by_row(result.findings)
    has_sheets = any(finding.sheet for finding in result.findings)
    first = 2 if has_sheets else 1
    sheet.freeze_panes(1, first)
    own = [result.headers[name] for name in columns]
    places = ["sheet", "line"] if has_sheets else ["line"]
    named = [w(f"cli_check.column_{name}") for name in places]
    headers = [*named, *own, w("cli_check.column_text")]
    sheet.write_row(0, 0, headers, formats.title)
    rows = result.concerned.select([LINE, *columns])
    for place, cells in enumerate(zip(*rows.to_pydict().values(), strict=True), start=1):
        found = by_row[cells[0]]
        if has_sheets:
            sheet.write_string(place, 0, found[0].sheet or "")
        sheet.write_number(place, first - 1, found[0].line or 0)
        for position, (name, text) in enumerate(zip(columns, cells[1:], strict=True), start=first):
            _write_cell(sheet, (place, position), text, _mark(found, name, formats))
        texts = " ".join(finding.text(w) for finding in found)
        sheet.write_string(place, len(columns) + first, texts)


def _write_cell(sheet: Any, at: tuple[int, int], text: str | None, mark: Any) -> None:
    if text is not None:
        sheet.write_string(*at, text, mark)
    elif mark is not None:
        sheet.write_blank(*at, None, mark)


def _mark(findings: Iterable[Finding], column: str, formats: _Formats) -> Any:
    """Return the format of a cell: that of its gravest finding, or None."""
    found = {finding.severity for finding in findings if finding.field == column}
    return next((formats.marks[severity] for severity in Severity if severity in found), None)


def _by_row(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    rows: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.row is not None:
            rows.setdefault(finding.row, []).append(finding)
    return rows
