"""An effect in its two halves: how much the treated units changed, and how much the others did.

The effect of ``did.average_effect`` is the first less the second, exactly. Whether a gap opens
because the treated improve or because the others fall behind, the effect alone does not tell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats.clusters import error_of, jackknife, t_quantile
from analytics.stats.did import NoComparisonError
from analytics.stats.imputation import Parts, parts_of, solve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Change:
    """A mean change in the outcome's unit, with its 95 % interval from the jackknife over units."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Halves:
    """The two changes whose difference is the effect.

    Attributes:
        treated: Mean of the treated cells less the same units' mean before their start.
        others: Change of the quarters' levels, which the others tell, over the same quarters: what
            the treated would have changed had they moved like the others.
    """

    treated: Change
    others: Change

    @property
    def share_of_others(self) -> float | None:
        """Return which part of the gap the others' change makes, from 0 to 1.

        None where the two do not add up to it: where one side narrows what the other opens.
        """
        opened = (self.treated.estimate, -self.others.estimate)
        if min(opened) < 0 < max(opened) or max(opened) == min(opened) == 0:
            return None
        return opened[1] / sum(opened)


def halves(values: Floats, starts: Ints, *, least_before: int) -> Halves:
    """Return the two halves of ``did.average_effect`` with full exposure.

    Args:
        values: Outcome by unit and quarter, shape (U, Q), NaN where missing.
        starts: First treated quarter of each unit, shape (U,); ``imputation.NEVER`` for others.
        least_before: Quarters that a treated unit needs before its start.

    Raises:
        NoComparisonError: With fewer than two treated units or two others.
    """
    parts = parts_of(values, starts[None, :], np.ones((1, len(starts))), least_before)
    weights, is_control = parts.weights[0], parts.is_control[0]
    is_treated = weights > 0
    if min(is_treated.sum(), is_control.sum()) <= 1:
        raise NoComparisonError("two treated and two other units are needed")
    own = parts.contrast[0, is_treated]
    moved = parts.change[0, is_treated]
    shares = weights[is_treated] / weights.sum()
    without = _without_each(shares)
    treated = _change(float(shares @ own), without @ own)
    direction = shares @ moved
    others = _change(
        float(direction @ parts.quarters[0]),
        _others_without(parts, direction),
        # The quarters that count are those of the treated cells, so each treated unit has a part.
        (without @ moved) @ parts.quarters[0],
    )
    return Halves(treated, others)


def _without_each(shares: Floats) -> Floats:
    """Return the shares of the units without each of them, shape (T, T)."""
    left = np.tile(shares, (len(shares), 1))
    np.fill_diagonal(left, 0.0)
    return np.asarray(left / left.sum(1, keepdims=True), dtype=np.float64)


def _others_without(parts: Parts, direction: Floats) -> Floats:
    """Return the others' change without each of them, shape (C,)."""
    controls = np.flatnonzero(parts.is_control[0])
    system = parts.system[0] - parts.unit_system[controls]
    right = parts.right[0] - parts.unit_right[controls]
    return solve(system, right) @ direction


def _change(estimate: float, *without: Floats) -> Change:
    """Return an estimate with the interval that samples of units give together."""
    variances = np.array([float(error_of(jackknife(each))) ** 2 for each in without])
    total, margin = float(variances.sum()), 0.0
    if total > 0:
        counts = np.array([len(each) - 1 for each in without])
        freedom = total**2 / float((variances**2 / counts).sum())
        margin = t_quantile(freedom) * float(np.sqrt(total))
    return Change(estimate, estimate - margin, estimate + margin)
