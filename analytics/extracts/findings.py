"""What a check has to say: findings as values, and their sentences in either language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.extracts.code_words import nearest, reason_of
from analytics.extracts.contract import TABLES, Kind, wording
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.finding_values import readable
from analytics.extracts.reasons import Reason
from analytics.extracts.rules import Severity, Shown, rule
from analytics.i18n import Words

_UNKNOWN_CODE: Final = "unknown_code"

LISTED: Final = 1_000
"""Findings listed of one rule and column; one more finding then counts the rest."""

MASK: Final = "•••"
"""Stands for a value that identifies a person."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        rule: Id of the rule, or the message id of input that cannot be used at all.
        severity: What it costs.
        table: Name of the table.
        file: Name of the file, without its folder.
        line: Line, row or record in the file; None where it is about the whole file.
        sheet: Name of the sheet; None where the format has none.
        row: The row's number in ``CheckResult.concerned``, where the finding is about one.
        key: The row's key, shortened and masked.
        field: Name of the column.
        value: The delivered value, shortened and masked.
        other: What it is held against, such as the other date.
        count: How many times; more than 1 only where not every one is listed.
        is_rest: Whether it counts what is beyond ``LISTED``.
        details: Further placeholders of the message of unusable input.
    """

    rule: str
    severity: Severity
    table: str
    file: str | None = None
    line: int | None = None
    key: str | None = None
    field: str | None = None
    value: str | None = None
    other: str | None = None
    count: int = 1
    is_rest: bool = False
    details: tuple[tuple[str, object], ...] = ()
    sheet: str | None = None
    row: int | None = None

    def where(self, w: Words) -> str:
        """Return where it is, such as ``Zeile 7``; empty where it is about the whole file."""
        if self.sheet is None:
            return "" if self.line is None else w("rule.where_line", line=self.line)
        if self.line is None:
            return w("rule.where_sheet_only", sheet=self.sheet)
        return w("rule.where_sheet", sheet=self.sheet, line=self.line)

    def text(self, w: Words) -> str:
        """Return what is wrong."""
        if self.is_rest:
            return w("rule.further", count=w.number(self.count))
        if self.details or "." in self.rule:
            return w(self.rule, **dict(self.details))
        text = self._explained(w(f"rule.{self.rule}", **self._values(w)), w)
        if self.is_confirmed:
            return w("rule.confirmed", text=text)
        return w("rule.emptied", text=text) if self.is_emptied else text

    def field_label(self, w: Words) -> str:
        """Return the label of the column; empty where it is about none."""
        return w(f"column.label.{wording(self.table, self.field)}") if self.field else ""

    @property
    def question(self) -> str | None:
        """Return the id by which the finding is confirmed; None where nothing is asked."""
        if "." in self.rule or rule(self.rule).severity is not Severity.QUESTION:
            return None
        return f"{self.rule}:{self.field}" if self.field else self.rule

    @property
    def is_confirmed(self) -> bool:
        """Say whether it is a question that the sender has answered with "so it is"."""
        return self.question is not None and self.severity is Severity.WARNING

    @property
    def is_emptied(self) -> bool:
        """Say whether the cell could not be read and its row is taken without it."""
        is_warning = self.severity is Severity.WARNING
        return is_warning and "." not in self.rule and rule(self.rule).empties

    @property
    def reason(self) -> Reason | None:
        """Return why a word has no code, where it is understood."""
        code_list = self._code_list
        return reason_of(code_list, self.value) if code_list and self.value else None

    @property
    def _code_list(self) -> str | None:
        if self.rule != _UNKNOWN_CODE or self.field is None:
            return None
        return TABLES[self.table].column(self.field).code_list

    def _explained(self, text: str, w: Words) -> str:
        """Return the text of an unknown word with why it has no code, or what it may mean."""
        code_list = self._code_list
        if code_list is None or not self.value:
            return text
        if reason := self.reason:
            return w("rule.with_reason", text=text, reason=w(reason.message))
        code = nearest(code_list, self.value)
        label = w.messages.get(f"code.{code_list}.{code}") if code else None
        return w("rule.with_nearest", text=text, code=label) if label else text

    def mend(self, w: Words) -> str:
        """Return how to mend it; empty where ``text`` says so already."""
        if self.is_rest or self.is_confirmed or "." in self.rule:
            return ""
        return w(f"rule.{self.rule}_mend", **self._values(w))

    def _values(self, w: Words) -> Mapping[str, str]:
        return {
            "field": self.field_label(w),
            "column": self.field or "",
            "value": self._readable(self.value, rule(self.rule).value, w),
            "other": self._readable(self.other, rule(self.rule).other, w),
            "count": w.number(self.count),
            "choices": _choices(self.table, self.field, w),
        }

    def _readable(self, text: str | None, shown: Shown, w: Words) -> str:
        return readable(text or "", shown, table=self.table, field=self.field, w=w)

    def to_json(self, w: Words) -> dict[str, object]:
        """Return the finding with its sentences, ready for JSON."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "question": self.question,
            "table": self.table,
            "file": self.file,
            "sheet": self.sheet,
            "line": self.line,
            "key": self.key,
            "field": self.field,
            "value": self.value,
            "other": self.other,
            "count": self.count,
            "text": self.text(w),
            "mend": self.mend(w),
        }


def unusable(error: UnusableInputError, table: str, file: str) -> Finding:
    """Return the finding of a file of which nothing can be taken."""
    values = {"file": file, **error.values}
    return Finding(error.message, Severity.FILE, table, file, details=tuple(values.items()))


def total(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings there are of one severity, the ones not listed included."""
    return sum(finding.count for finding in findings if finding.severity is severity)


def totals_by_rule(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how often each rule was broken, in the order of first appearance."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + finding.count
    return counts


def _choices(table: str, field: str | None, w: Words) -> str:
    """Return the labels of a column's codes; of names of tables the codes themselves."""
    column = next((c for c in TABLES[table].columns if c.name == field), None)
    if column is None or column.kind is not Kind.CODE or column.codes is None:
        return ""
    messages = (f"code.{column.code_list}.{code}" for code in column.codes)
    labels = [w.messages.get(message) for message in messages]
    names = [label or code for label, code in zip(labels, column.codes, strict=True)]
    return ", ".join(names)
