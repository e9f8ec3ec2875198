"""What a check found, as lines to read: one entry per rule and column, with where it happened."""

from collections.abc import Iterable, Sequence
from typing import Final

from analytics.extracts.check import CheckResult
from analytics.extracts.contract import table
from analytics.extracts.findings import Finding, total
from analytics.extracts.questions import BLANK_IS_NO, NOT_RECORDED, RECORDED
from analytics.extracts.rules import Need, Scope, Severity, rule
from analytics.extracts.what_was_read import reading_lines
from analytics.i18n import Words

_PLACES: Final = 8
_VALUES: Final = 5
_COLUMNS: Final = 20
_OF_HEADERS: Final = frozenset({"unknown_column", "identifying_column"})

Group = Sequence[Finding]
"""Findings of one rule, severity and column; the last may count the ones not listed."""


def report_lines(result: CheckResult, w: Words) -> list[str]:
    """Return the lines that say what was found in one file."""
    lines = [*read_lines(result, w), _headline(result, w), *finding_lines(result.findings, w)]
    if any(rule(each).needs is Need.CASES for each in result.skipped):
        lines.append(w("cli_check.without_cases"))
    return lines


def read_lines(result: CheckResult, w: Words) -> list[str]:
    """Return the lines that say what was read of a file, and how."""
    if result.facts is None:
        return []
    first, *others = reading_lines(result.facts, w)
    head = w("cli_check.at", where=result.file, text=first)
    return [head, *(w("cli_check.read", text=line) for line in others)]


def finding_lines(findings: Sequence[Finding], w: Words) -> list[str]:
    """Return the findings as lines, the gravest first and of these the most frequent."""
    lines = []
    groups = grouped(findings)
    for severity in Severity:
        found = [group for group in groups if group[0].severity is severity]
        if not found:
            continue
        count = w.number(total(findings, severity))
        lines.append(w("cli_check.group", severity=w(f"rule.severity_{severity}"), count=count))
        for group in found:
            lines += _entry(group, w)
    if any(times(group) > _PLACES for group in groups):
        lines.append(w("cli_check.more"))
    return lines


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Return the findings by rule, column and reason, the most frequent group first."""
    groups: dict[tuple[str, Severity, str | None, str], list[Finding]] = {}
    for finding in findings:
        # Words without a code for different reasons are mended in different ways.
        reason = finding.reason.name if finding.reason else ""
        key = (finding.rule, finding.severity, finding.field, reason)
        groups.setdefault(key, []).append(finding)
    return sorted(groups.values(), key=times, reverse=True)


def times(group: Group) -> int:
    """Return how often a group's rule was broken."""
    return sum(finding.count for finding in group)


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
        emptied=w.number(result.emptied),
    )
    if result.as_of is not None:
        line = w("cli_check.at_cut", line=line, day=w.date(result.as_of))
    if result.open_questions:
        return f"{line}\n{w('cli_check.file_asked', file=result.file)}"
    return line if result.findings else f"{line}. {w('cli_check.clean')}"


def _entry(group: Group, w: Words) -> list[str]:
    """Return how often and what, how to mend it, and the first values and lines."""
    first, count = group[0], times(group)
    text = first.text(w)
    if where := first.where(w):
        text = w("cli_check.at", where=where, text=text)
    if count > 1:
        text = w("cli_check.times", count=w.number(count), text=text)
    lines = [w("cli_check.finding", text=text)]
    if mend := first.mend(w):
        lines.append(w("cli_check.mend", text=mend))
    lines += [w("cli_check.mend", text=text) for text in _answers(first, w)]
    values = _values(group)
    if len(values) > 1 and first.rule in _OF_HEADERS:
        columns = _first(values, _COLUMNS, len(values))
        lines.append(w("cli_check.columns", columns=columns))
    elif len(values) > 1:
        lines.append(w("cli_check.values", values=_first(values, _VALUES, len(values))))
    if len(places := _lines(group)) > 1:
        lines.append(w("cli_check.lines", lines=_first(places, _PLACES, count)))
    return lines


def _answers(finding: Finding, w: Words) -> list[str]:
    """Return the options that answer a question that is still open."""
    if finding.severity is not Severity.QUESTION:
        return []
    column, answers = finding.field or "", []
    if finding.rule in NOT_RECORDED and column in RECORDED:
        answers.append(w("cli_check.answer_not_recorded", column=column))
    if finding.rule in BLANK_IS_NO:
        answers.append(w("cli_check.answer_blank_is_no", column=column))
    if finding.rule != "column_absent" or column not in RECORDED:
        answers.append(w("cli_check.answer", id=finding.question))
    return answers


def _lines(group: Group) -> list[str]:
    """Return the lines, each after the name of its sheet where that changes."""
    lines, sheet = [], group[0].sheet
    for found in group:
        if found.line is not None:
            lines.append(
                str(found.line) if found.sheet == sheet else f"{found.sheet}: {found.line}"
            )
            sheet = found.sheet
    return lines


def _values(group: Group) -> list[str]:
    """Return the different values where the rule is one on cells or headers."""
    name = group[0].rule
    if "." in name or (rule(name).scope is not Scope.FIELD and name not in _OF_HEADERS):
        return []
    return list(dict.fromkeys(finding.value for finding in group if finding.value))


def _first(items: Sequence[str], limit: int, count: int) -> str:
    """Return the first of ``count`` items; an ellipsis says that there are more."""
    shown = items[:limit]
    return ", ".join(shown) + (" …" if count > len(shown) else "")
