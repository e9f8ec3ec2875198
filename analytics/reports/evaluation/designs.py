"""The two designs as estimators of any outcome: the programmes' own, and the records'."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analytics.stats import did
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import Placebo, permutations, placebo_rank
from analytics.stats.staggered import assigned_averages, staggered_effects

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Estimated(Protocol):
    """An average effect with its error, as both designs return it."""

    @property
    def estimate(self) -> float: ...  # noqa: D102
    @property
    def error(self) -> float: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


class Estimator(Protocol):
    """A design with its units and starts, for any outcome of them."""

    @property
    def starts(self) -> Ints:
        """First treated column of each unit, shape (U,)."""
        ...

    @property
    def clusters(self) -> Ints:
        """Number of what is decided and errs together, shape (U,)."""
        ...

    @property
    def drifting(self) -> Mask:
        """Units whose own trend would be taken for an effect, shape (U,)."""
        ...

    def only(self, units: Mask) -> "Estimator":
        """Return the design with the units for which ``units``, shape (U,), is true."""
        ...

    def average(self, values: Floats) -> Estimated:
        """Return the average effect on ``values``, shape (U, Q).

        Raises:
            NoComparisonError: If there are too few units or quarters.
        """
        ...

    def placebo(self, values: Floats) -> Placebo:
        """Return the rank of the average among random assignments; raises as ``average``."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SiteEstimator:
    """Design 1: model sites against units that never take part.

    Attributes:
        starts: First treated column, ``NEVER`` for comparison units, shape (U,).
        exposure: Share of each unit that is treated, shape (U,).
        least_before: Quarters a site needs before its start.
        draws, seed: Random assignments.
    """

    starts: Ints
    exposure: Floats
    least_before: int
    draws: int
    seed: int

    @property
    def clusters(self) -> Ints:
        """Return each unit as a cluster of its own."""
        return np.arange(len(self.starts))

    @property
    def drifting(self) -> Mask:
        """Return the sites."""
        return np.asarray(self.starts != NEVER)

    def average(self, values: Floats) -> did.Effect:
        """Return the average effect; raises NoComparisonError where there is none."""
        if not len(self.starts):
            raise did.NoComparisonError("no unit is left")
        return did.average_effect(
            values, self.starts, exposure=self.exposure, least_before=self.least_before
        )

    def placebo(self, values: Floats) -> Placebo:
        """Return the rank among random assignments of the label, and the exposure with it."""
        order = permutations(np.arange(len(self.starts)), self.draws, self.seed)
        assigned = did.assigned_effects(
            values,
            self.starts[order],
            exposure=self.exposure[order],
            least_before=self.least_before,
        )
        return placebo_rank(self.average(values).statistic, assigned.estimates / assigned.errors)

    def only(self, units: Mask) -> "SiteEstimator":
        """Return the design with the units for which ``units``, shape (U,), is true."""
        return SiteEstimator(
            self.starts[units], self.exposure[units], self.least_before, self.draws, self.seed
        )


@dataclass(frozen=True, slots=True, eq=False)
class RolloutEstimator:
    """Design 2: districts that start one after another.

    Attributes:
        starts: First treated column, ``NEVER`` if later than the panel, shape (U,).
        clusters: Number of each unit's district, shape (U,).
        draws, seed: Random assignments of the starts to districts.
    """

    starts: Ints
    clusters: Ints
    draws: int
    seed: int

    @property
    def drifting(self) -> Mask:
        """Return the units that start before the middle one."""
        return np.asarray(self.starts < np.median(self.starts))

    def average(self, values: Floats) -> Estimated:
        """Return the average over all quarters since the starts."""
        return staggered_effects(values, self.starts, self.clusters).average

    def placebo(self, values: Floats) -> Placebo:
        """Return the rank among random assignments of the starts to districts."""
        average = self.average(values)
        by_cluster = np.full(self.clusters.max() + 1, NEVER)
        np.minimum.at(by_cluster, self.clusters, self.starts)
        assigned = permutations(by_cluster, self.draws, self.seed)[:, self.clusters]
        estimates, errors = assigned_averages(values, assigned, self.clusters)
        return placebo_rank(average.estimate / average.error, estimates / errors)

    def only(self, units: Mask) -> "RolloutEstimator":
        """Return the design with the units for which ``units``, shape (U,), is true."""
        clusters = np.unique(self.clusters[units], return_inverse=True)[1].astype(np.int64)
        return RolloutEstimator(self.starts[units], clusters, self.draws, self.seed)
