"""Wild cluster bootstrap on the units' influences: a second opinion on the interval, and power."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Wild:
    """Statistics of worlds without an effect and with the estimated errors.

    Attributes:
        draws: Shape (B,).
        p: Share of them at least as large as the true one, two-sided.
    """

    draws: Floats
    p: float


def wild_bootstrap(
    influence: Floats, samples: Ints, statistic: float, *, draws: int, seed: int
) -> Wild:
    """Flip the sign of each unit's influence at random, and estimate the error anew each time.

    Args:
        influence: Of each unit on the estimate, shape (U,), as ``did.Effect`` holds it.
        samples: Number of the sample each unit is of, shape (U,): treated and comparison units have
            an error each.
        statistic: Estimate divided by its error.
        draws: Random worlds.
        seed: Equal seeds give equal draws.

    Source: the score bootstrap of Kline & Santos (2012, doi:10.1515/2156-6674.1006), here with the
    jackknife's influences; Rademacher weights as in Cameron, Gelbach & Miller (2008,
    doi:10.1162/rest.90.3.414).

    Raises:
        ValueError: On shapes that do not fit, a sample of one unit, or numbers out of range.
    """
    if influence.shape != samples.shape or influence.ndim != 1:
        raise ValueError(f"influence has shape {influence.shape}, samples have {samples.shape}")
    if np.unique(samples, return_counts=True)[1].min(initial=2) < 2:
        raise ValueError("each sample needs two units: one has no spread")
    if draws < 1 or seed < 0:
        raise ValueError(f"no {draws} draws with seed {seed}")
    generator = np.random.default_rng(seed)
    flipped = generator.choice([-1.0, 1.0], size=(draws, len(influence))) * influence
    variance = sum(_variance(flipped[:, samples == sample]) for sample in np.unique(samples))
    statistics = flipped.sum(1) / np.sqrt(variance)
    beyond = int((np.abs(statistics) >= abs(statistic) * (1 - 1e-9)).sum())
    return Wild(statistics, (1 + beyond) / (1 + draws))


def _variance(sample: Floats) -> Floats:
    """Return the variance of a sum of independent influences, each row a world, shape (B,)."""
    count = sample.shape[1]
    centred = sample - sample.mean(1, keepdims=True)
    return np.asarray(count / (count - 1) * (centred**2).sum(1), dtype=np.float64)
