"""Which counts are possible where sums of them are known within limits: by integer programming."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_ENDLESS: Final = 10**6
"""A count that large has no limit."""

_SECONDS: Final = 10.0


@dataclass(slots=True)
class Equations:
    """Sums of counts that are whole numbers of at least 0.

    Attributes:
        counts: How many there are.
    """

    counts: int
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)

    def add(self, members: Sequence[int], low: float, high: float) -> None:
        """Say between which numbers the sum of some counts lies; nothing where that is no news."""
        if low <= 0 and high == inf:
            return
        self._rows += [len(self._low)] * len(members)
        self._columns += members
        self._low.append(low)
        self._high.append(high)

    def limits(self, count: int) -> tuple[float, float]:
        """Return the smallest and the largest number that a count can be.

        They are NaN where no counts fit what is said, or none is found in time.
        """
        return self._extreme(count, 1), self._extreme(count, -1)

    def _extreme(self, count: int, sign: int) -> float:
        aim = np.zeros(self.counts)
        aim[count] = sign
        shape = (len(self._low), self.counts)
        sums = csr_array((np.ones(len(self._rows)), (self._rows, self._columns)), shape=shape)
        found = milp(
            aim,
            integrality=np.ones(self.counts),
            bounds=Bounds(0, _ENDLESS),
            constraints=LinearConstraint(sums, self._low, self._high) if self._low else None,
            options={"time_limit": _SECONDS},
        )
        if not found.success:
            return float("nan")
        extreme = round(found.fun * sign)
        return inf if extreme >= _ENDLESS else float(extreme)
