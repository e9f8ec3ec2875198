"""Where and when a programme acts in a simulated world."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.domain.evaluation import Design
from analytics.extracts.demo.calendar import MONTHS
from analytics.extracts.demo.needs import Needs
from analytics.extracts.demo.people import Mask, People
from analytics.extracts.demo.process import Process

Ints = npt.NDArray[np.int64]

NEVER: Final = MONTHS + 1
"""The month in which a unit starts that takes no part."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where and when a programme acts, by evaluation unit.

    Attributes:
        design: The programme.
    """

    design: Design

    def starts(self, process: Process) -> Ints:
        """Return the month in which each unit starts, shape ``(units,)``; beyond the last if never.

        A unit of two parts that start apart (Stadt Aachen has a start of its own) takes the first.
        """
        where = process.places
        if self.design is Design.MODEL_PROJECT:
            return np.where(where.is_model, process.rollout.model_start, NEVER)
        starts = np.full(len(where.units), NEVER)
        np.minimum.at(starts, where.unit, process.rollout.kim_start[where.kim_unit])
        return starts

    def there(self, process: Process, people: People, needs: Needs) -> Mask:
        """Say which needs arise in a unit after its start, shape ``(n,)``."""
        unit = process.places.unit[people.municipality[needs.case]]
        return np.asarray(needs.month >= self.starts(process)[unit])

    def first_quarter(self, process: Process) -> int:
        """Return the quarter in which the first unit starts."""
        return int(self.starts(process).min()) // 3
