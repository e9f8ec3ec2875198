"""The rules of the data contract: entries of ``rules.toml``, each with one SELECT in a .sql file.

A SELECT returns the offending rows as ``line``, ``value`` and ``other`` (both text), and ``field``
where the rule is one on whole rows. Its texts are the messages ``rule.<id>`` (what is wrong) and
``rule.<id>_mend``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from analytics.extracts.contract import Column, Kind, Table

_FOLDER: Final = Path(__file__).parent


class Severity(StrEnum):
    """What a broken rule costs: the file, an answer, the row, or nothing but a mention."""

    FILE = "file"
    QUESTION = "question"
    ROW = "row"
    WARNING = "warning"


class Shown(StrEnum):
    """How texts write what a SELECT returned; dates need no entry, a ``name`` stays as it is."""

    TEXT = "text"
    CODE = "code"
    TABLE = "table"
    AREA = "area"
    COLUMNS = "columns"
    NUMBER = "number"
    NAME = "name"


class Scope(StrEnum):
    """What a rule looks at; ``file`` and ``reader`` rules are found without SQL.

    ``pair`` rules hold one column of a row against another; ``delivery`` rules look at the accepted
    rows of all files together (``questions.py``).
    """

    FILE = "file"
    READER = "reader"
    FIELD = "field"
    PAIR = "pair"
    ROW = "row"
    DELIVERY = "delivery"


class Need(StrEnum):
    """An input without which a rule is left out."""

    CASES = "cases"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty tuples do not restrict."""

    id: str
    severity: Severity
    scope: Scope
    masks: bool = False
    empties: bool = False
    value: Shown = Shown.TEXT
    other: Shown = Shown.TEXT
    tables: tuple[str, ...] = ()
    needs: Need | None = None
    kinds: tuple[Kind, ...] = ()
    columns: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    required: bool = False
    of_empty: bool = False

    @property
    def sql(self) -> str:
        """Return the SELECT of a field, pair, row or delivery rule."""
        return (_FOLDER / f"{self.id}.sql").read_text("utf-8")

    def pairs_in(self, table: Table) -> tuple[tuple[str, str], ...]:
        """Return the pairs of columns that a pair rule looks at in a table."""
        names = set(table.column_names)
        return tuple(pair for pair in self.pairs if names.issuperset(pair))

    def severity_in(self, column: Column) -> Severity:
        """Return what a broken rule costs: a cell that is emptied does not cost its row."""
        is_warned = column.name in self.warns or (self.empties and column.is_emptied)
        return Severity.WARNING if is_warned else self.severity

    def applies_to(self, table: Table) -> bool:
        """Say whether the rule holds for a table."""
        return not self.tables or table.name in self.tables

    def reads(self, column: Column) -> bool:
        """Say whether a field rule looks at a column."""
        if column.name in self.exclude or (self.required and not column.required):
            return False
        if self.columns:
            return column.name in self.columns
        return not self.kinds or column.kind in self.kinds


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order in which they are checked."""
    entries = tomllib.loads((_FOLDER / "rules.toml").read_text("utf-8"))["rule"]
    return tuple(_rule(entry) for entry in entries)


@cache
def rule(rule_id: str) -> Rule:
    """Return the rule with this id.

    Raises:
        KeyError: If there is none.
    """
    for known in rules():
        if known.id == rule_id:
            return known
    raise KeyError(rule_id)


def _rule(entry: Mapping[str, Any]) -> Rule:
    shows = entry.get("shows", {})
    return Rule(
        id=entry["id"],
        severity=Severity(entry["severity"]),
        scope=Scope(entry["scope"]),
        masks=entry.get("masks", False),
        empties=entry.get("empties", False),
        value=Shown(shows.get("value", Shown.TEXT)),
        other=Shown(shows.get("other", Shown.TEXT)),
        tables=tuple(entry.get("tables", ())),
        needs=Need(entry["needs"]) if "needs" in entry else None,
        kinds=tuple(Kind(kind) for kind in entry.get("kinds", ())),
        columns=tuple(entry.get("columns", ())),
        exclude=tuple(entry.get("exclude", ())),
        warns=tuple(entry.get("warns", ())),
        pairs=tuple((first, second) for first, second in entry.get("pairs", ())),
        required=entry.get("required", False),
        of_empty=entry.get("of_empty", False),
    )
