"""The pieces of an imputation: quarters' levels from comparison units, treated units' departures.

All assignments of one call are computed together; ``did`` puts the pieces into estimates.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEVER: Final = np.iinfo(np.int64).max
"""The start of a unit that is not treated."""

_LEAST_CONTROLS: Final = 2

_OPEN: Final = 1e-6
"""Eigenvalues below it are the anchor's: the data leave this combination of levels open."""


def quarter_levels(values: Floats, controls: Ints) -> Floats:
    """Return the quarters' levels, sum 0, from the rows ``controls`` of ``values``, shape (Q,)."""
    seen = np.isfinite(values[controls])
    system, right = unit_equations(np.where(seen, values[controls], 0.0), seen)
    return solve(system.sum(0) + anchor(values.shape[1]), right.sum(0))


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What the estimates of B assignments are made of, U units, Q quarters.

    Attributes:
        is_control: Never treated, (B, U).
        weights: Treated cells of each unit that can be estimated, (B, U).
        exposure: Share of the unit that is treated, (B, U).
        contrast: Mean outcome after minus before the start, (B, U).
        change: The same mean of the quarters' indicators, (B, U, Q).
        quarters: Levels of the quarters, (B, Q).
        system, right: Normal equations of the quarters' levels, (B, Q, Q), (B, Q).
        unit_system, unit_right: What each unit adds to them, (U, Q, Q), (U, Q).
    """

    is_control: Mask
    weights: Floats
    exposure: Floats
    contrast: Floats
    change: Floats
    quarters: Floats
    system: Floats
    right: Floats
    unit_system: Floats
    unit_right: Floats

    def own(self) -> Floats:
        """Return what each treated unit departed from its earlier level, (B, U)."""
        levels = np.einsum("buq,bq->bu", self.change, self.quarters)
        return np.asarray(self.contrast - levels, dtype=np.float64)


def parts_of(values: Floats, starts: Ints, exposure: Floats, least_before: int) -> Parts:
    """Return the pieces for each row of ``starts`` and ``exposure``, shape (B, U)."""
    seen = np.isfinite(values)
    filled = np.where(seen, values, 0.0)
    unit_system, unit_right = unit_equations(filled, seen)
    is_control = starts == NEVER
    controls = is_control.astype(np.float64)
    size = values.shape[1]
    system = np.tensordot(controls, unit_system, axes=1) + anchor(size)
    right = controls @ unit_right
    after = seen[None] & (np.arange(size)[None, None, :] >= starts[:, :, None])
    before = seen[None] & ~after
    counts_after, counts_before = after.sum(2), before.sum(2)
    usable = ~is_control & (counts_before >= least_before) & (counts_after > 0)
    change = _mean_of(after, counts_after) - _mean_of(before, counts_before)
    change[~usable] = 0.0
    return Parts(
        is_control=is_control,
        weights=np.where(usable, counts_after, 0).astype(np.float64),
        exposure=exposure,
        contrast=np.einsum("buq,uq->bu", change, filled),
        change=change,
        quarters=solve(system, right),
        system=system,
        right=right,
        unit_system=unit_system,
        unit_right=unit_right,
    )


def has_levels(values: Floats, is_control: Mask) -> Mask:
    """Say for which rows of ``is_control``, shape (B, U), all quarters' levels are known, (B,).

    Two comparison units in every quarter, so that each may be left out, and no two parts of the
    panel without a comparison unit in common: a level says how quarters differ within units.
    """
    seen = np.isfinite(values)
    controls = is_control.astype(np.float64)
    unit_system, _ = unit_equations(np.where(seen, values, 0.0), seen)
    system = np.tensordot(controls, unit_system, axes=1) + anchor(values.shape[1])
    smallest = np.linalg.eigvalsh(system)[:, 0]
    fed = (controls @ seen.astype(np.float64)).min(1) >= _LEAST_CONTROLS
    return np.asarray(fed & (smallest > _OPEN))


def unit_equations(filled: Floats, seen: Mask) -> tuple[Floats, Floats]:
    """Return each unit's normal equations for the quarters' levels, its own level taken out."""
    counts = np.maximum(seen.sum(1), 1)
    mask = seen.astype(np.float64)
    system = -np.einsum("uq,ur->uqr", mask, mask) / counts[:, None, None]
    diagonal = np.arange(filled.shape[1])
    system[:, diagonal, diagonal] += mask
    right = filled - mask * (filled.sum(1) / counts)[:, None]
    return system, right


def anchor(size: int) -> Floats:
    """Fix what the data leave open: the levels sum to 0, and an empty quarter's level is 0."""
    return np.full((size, size), 1.0 / size) + 1e-9 * np.eye(size)


def solve(system: Floats, right: Floats) -> Floats:
    """Return the solution of each system, shapes (…, Q, Q) and (…, Q)."""
    return np.asarray(np.linalg.solve(system, right[..., None])[..., 0], dtype=np.float64)


def _mean_of(mask: Mask, counts: Ints) -> Floats:
    return mask / np.maximum(counts, 1)[..., None]
