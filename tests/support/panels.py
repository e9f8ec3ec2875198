"""Random panels of units and quarters whose effect is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats.imputation import NEVER

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """A panel: outcomes (U, Q) and first treated quarters (U,)."""

    values: Floats
    starts: Ints

    @property
    def is_on(self) -> NDArray[np.bool_]:
        """Return the treated cells, (U, Q)."""
        return np.arange(self.values.shape[1])[None, :] >= self.starts[:, None]


def staggered_starts(counts: dict[int, int], never: int) -> Ints:
    """Return starts: so many units at each of the quarters, and so many never."""
    given = [np.full(count, quarter) for quarter, count in counts.items()]
    return np.concatenate([*given, np.full(never, NEVER)]).astype(np.int64)


def drawn_panel(
    seed: int,
    starts: Ints,
    quarters: int,
    *,
    effect: float = 0.0,
    noise: float = 1.0,
    missing: float = 0.0,
) -> Drawn:
    """Return levels of units and quarters, the effect on treated cells, noise, and gaps."""
    random = np.random.default_rng(seed)
    values = random.normal(size=(len(starts), 1)) + random.normal(size=(1, quarters))
    values = values + effect * (np.arange(quarters)[None, :] >= starts[:, None])
    values = values + noise * random.normal(size=values.shape)
    values[random.random(values.shape) < missing] = np.nan
    return Drawn(values, starts)
