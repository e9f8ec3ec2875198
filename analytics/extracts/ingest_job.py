"""A delivery on its way into the store: what is known of it, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from analytics.domain.areas import AreaRegistry
from analytics.extracts.bookkeeping import Base
from analytics.extracts.check import CheckResult
from analytics.extracts.contract import Table
from analytics.extracts.findings import Finding
from analytics.extracts.instructions import Instructions
from analytics.extracts.manifest import Manifest
from analytics.extracts.snapshots import SnapshotStore

PHASES: Final = ("read", "check", "merge", "tables", "derive", "verify", "publish")

Progress = Callable[[str], None]
"""Called with the phase that begins, one of ``PHASES``; the first two once per file."""


@dataclass(frozen=True, slots=True, eq=False)
class IngestReport:
    """What became of a delivery.

    Attributes:
        table: The table's name.
        checks: What the check found, one per file.
        manifest: The new snapshot; None if nothing was taken.
        quarantine: The file with the rows that were not taken, if any.
        replaced: Rows that were in force and have gone.
        demonstration: Demonstration rows of cases that went with the demonstration cases.
        orphans: Referrals in force whose case is not among the delivered cases.
        other_orphans: By table, other such rows.
    """

    table: str
    checks: tuple[CheckResult, ...]
    manifest: Manifest | None = None
    quarantine: Path | None = None
    replaced: int = 0
    demonstration: int = 0
    orphans: int = 0
    other_orphans: Mapping[str, int] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of all files."""
        return tuple(finding for result in self.checks for finding in result.findings)

    @property
    def rows(self) -> int:
        """Return how many rows were delivered."""
        return sum(result.rows for result in self.checks)

    @property
    def rows_taken(self) -> int:
        """Return how many of them are in the new snapshot."""
        return sum(result.rows_accepted for result in self.checks) if self.manifest else 0

    @property
    def fields_emptied(self) -> int:
        """Return how many fields of the taken rows could not be read and are empty."""
        return sum(result.emptied for result in self.checks) if self.manifest else 0


@dataclass(frozen=True, slots=True)
class Job:
    """What stays the same while one delivery is taken."""

    table: Table
    store: SnapshotStore
    workspace: Path
    base: Base
    as_of: date
    at: datetime
    district: str | None
    areas: AreaRegistry
    told: Instructions
    tell: Progress
