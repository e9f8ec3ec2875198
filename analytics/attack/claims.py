"""What an attacker aims at and says: cells, their counts, outcomes of single persons."""

from dataclasses import dataclass
from typing import Final

from analytics.domain.filters import Chosen
from analytics.domain.periods import Period

NEEDS: Final = "needs"
LATE: Final = "late"
"""Needs that were not referred within 90 days."""
PROMPT: Final = "prompt"
"""Needs that were referred within 90 days."""
BETWEEN: Final = "between"
"""Needs that were referred after 30 and within 90 days."""
REFERRED: Final = "referred"
"""Needs that were referred, whenever."""
WAYS: Final = "ways"
"""Needs that begin the way of a case whose year lies before the data cut."""
PROCESS: Final = "process"
"""With what measures of what runs between bodies begin."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Needs whose number an attacker wants to know.

    Attributes:
        by: ``district``, ``unit``, ``group``, another field of needs, ``way_bodies``, or ``state``.
        key: Of the area or group, code, or number of bodies.
        period: Months in which they were recorded.
        chosen: Codes by field.
        measure: ``needs``, one of the others above, ``days:a:b`` for those that were referred
            after day a and up to day b, or ``ended:reason:a:b`` for those that ended so. Of what
            runs between bodies ``process:<which>:all``, ``process:<which>:done`` for what happened,
            and ``process:<which>:left`` for the rest; of clocks both go on with a day.
    """

    by: str
    key: str
    period: Period
    chosen: Chosen = ()
    measure: str = NEEDS


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an attacker infers of a cell.

    Attributes:
        cell: Of which.
        value: Best guess before anything is known of how large cells are.
        variance: Of its error; 0 where figures are as they are.
        low, high: Between which the count must lie if what is published holds.
        figures: Of the cell itself, the one that is told, or those that it may be where it is
            hidden; they are part of ``value``. None where only other cells' are known.
    """

    cell: Cell
    value: float
    variance: float
    low: float
    high: float
    figures: tuple[int, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Say whether only one count is possible."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Person:
    """The claim that a cell is one person, and whether that person was referred within 90 days."""

    cell: Cell
    is_referred: bool


@dataclass(frozen=True, slots=True)
class Claims:
    """What came of an attack.

    Attributes:
        aims: Cells whose counts were looked for, small or not.
        estimates: At most one a cell.
        persons: Outcomes of single persons.
        averages: Whether it is asked how much of the perturbation the estimates still have.
    """

    aims: tuple[Cell, ...]
    estimates: tuple[Estimate, ...]
    persons: tuple[Person, ...] = ()
    averages: bool = False
