"""Linear contrasts of the shares of cells, with errors that districts give.

A cell is a set of needs in each of two periods: those of a code, or of a pair of codes. Needs of
one district are alike and stand in every cell, so a district is left out of all parts of a contrast
at once (delete-a-group jackknife, as ``stats/clusters.py``). That variance is never taken to be
less than independent needs would have: in a search it is errors that came out small by chance which
make false findings. Degrees of freedom are Satterthwaite's (1946, doi:10.2307/3002019): of what
each district is expected to add to the variance, by the chance of its needs and by what districts
vary beyond it.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, stdtrit

from analytics.stats.clusters import error_of, jackknife
from analytics.stats.counts import Floats, freeze

Mask = NDArray[np.bool_]

LEAST_NEEDS: Final = 50
"""Needs of a cell in each period below which it is not searched."""
LEAST_OF_EACH: Final = 10
"""Needs with the event, and without it, likewise."""
LEAST_FREEDOM: Final = 8.0
"""Degrees of freedom below which the tail of Student's distribution says little."""

NOW: Final = 0
BEFORE: Final = 1

_PSEUDO: Final = 2.0
"""Events and non-events added where chance is estimated (Agresti & Coull 1998): few look surer."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Events and trials of K cells, in two periods (now, before) and D districts.

    Attributes:
        events, trials: Shape (2, D, K); at most one event a trial.
        all_events, all_trials: Over all districts, shape (2, K): as they are told, so they need not
            be the sums of the districts where figures are released.
        noise: Variance of what was added to each of them, 0 where nothing was.
    """

    events: Floats
    trials: Floats
    all_events: Floats
    all_trials: Floats
    noise: float = 0.0

    def __post_init__(self) -> None:
        freeze(self.events, self.trials, self.all_events, self.all_trials)

    @classmethod
    def counted(cls, events: Floats, trials: Floats) -> Self:
        """Return cells whose totals are the sums of their districts."""
        return cls(events, trials, events.sum(1), trials.sum(1))

    @property
    def size(self) -> int:
        """Return how many cells there are."""
        return int(self.trials.shape[2])

    @property
    def share(self) -> Floats:
        """Return the share of each cell, shape (2, K), NaN without trials."""
        return _divided(self.all_events, self.all_trials)

    @property
    def is_large(self) -> Mask:
        """Return which cells have enough needs, with the event and without, shape (2, K)."""
        return np.asarray(
            (self.all_trials >= LEAST_NEEDS)
            & (self.all_events >= LEAST_OF_EACH)
            & (self.all_trials - self.all_events >= LEAST_OF_EACH)
        )

    def influence(self) -> Floats:
        """Return what each district adds to the error of each share, shape (2, D, K).

        NaN where a cell lies in one district alone.
        """
        left = self.trials.sum(1, keepdims=True) - self.trials
        without = _divided(self.events.sum(1, keepdims=True) - self.events, left)
        return np.stack([jackknife(each) for each in without])

    def chance(self) -> Floats:
        """Return the variance of one need's outcome, shape (2, K)."""
        share = (self.all_events + _PSEUDO) / (self.all_trials + 2 * _PSEUDO)
        return np.asarray(share * (1 - share))

    def weight(self) -> Floats:
        """Return the part of each cell's needs that each district has, shape (2, D, K)."""
        return _divided(self.trials, self.trials.sum(1, keepdims=True))

    def told_variance(self) -> Floats:
        """Return the variance that noise adds to each share, shape (2, K)."""
        return _divided(self.noise * (1 + np.nan_to_num(self.share) ** 2), self.all_trials**2)

    def beside(self, other: "Cells") -> "Cells":
        """Return these cells and others, in this order."""
        return Cells(
            np.concatenate([self.events, other.events], axis=2),
            np.concatenate([self.trials, other.trials], axis=2),
            np.concatenate([self.all_events, other.all_events], axis=1),
            np.concatenate([self.all_trials, other.all_trials], axis=1),
            max(self.noise, other.noise),
        )

    def less(self, others: "Cells") -> "Cells":
        """Return what is left of each cell (or of one for all) without other needs of it."""
        return Cells(
            np.broadcast_to(self.events - others.events, others.events.shape).copy(),
            np.broadcast_to(self.trials - others.trials, others.trials.shape).copy(),
            np.broadcast_to(self.all_events - others.all_events, others.all_events.shape).copy(),
            np.broadcast_to(self.all_trials - others.all_trials, others.all_trials.shape).copy(),
            self.noise + others.noise,
        )

    def beside_itself(self, place: int) -> "Cells":
        """Return one cell as many times as there are cells, empty in its own place."""
        is_other = (np.arange(self.size) != place).astype(np.float64)
        return Cells(
            self.events[:, :, [place]] * is_other,
            self.trials[:, :, [place]] * is_other,
            self.all_events[:, [place]] * is_other,
            self.all_trials[:, [place]] * is_other,
            self.noise,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    """Estimated contrasts, shape (C,) each.

    Attributes:
        value: Differences of shares, or of their log odds.
        error: Standard errors.
        freedom: Degrees of freedom.
        is_sound: Which have a value, an error and enough degrees of freedom.
        seen, chance, told: Variances that the error is made of: between districts, of the chance of
            independent needs, and of noise.
        is_log_odds: Whether they are of log odds.
    """

    value: Floats
    error: Floats
    freedom: Floats
    is_sound: Mask
    seen: Floats
    chance: Floats
    told: Floats
    is_log_odds: bool = False

    def margin(self, level: float) -> Floats:
        """Return how far the interval that misses with probability ``level`` reaches either way."""
        freedom = np.where(self.is_sound, self.freedom, 1.0)
        reach = stdtrit(freedom, 1 - level / 2) * self.error
        return np.where(self.is_sound, reach, np.nan)

    def usual(self, now: Floats, difference: Floats | float) -> Floats:
        """Return what a present share would be without a difference, in shares."""
        if self.is_log_odds:
            return np.asarray(expit(logit(now) - difference))
        return np.asarray(now - difference)

    def beyond(self, level: float) -> Floats:
        """Return the bound nearest to zero, with the sign of the value; 0 where it is crossed."""
        rest = np.nan_to_num(np.abs(self.value) - self.margin(level), nan=-1.0)
        return np.where(rest > 0, np.sign(self.value) * rest, 0.0)


def contrasts(cells: Cells, weights: Floats) -> Contrasts:
    """Return contrasts of the shares of cells.

    Args:
        cells: K cells, the first C of which the contrasts are about: present shares less what is
            usual of them.
        weights: Of each share in each contrast, shape (2, C, K); a missing share has weight 0.
    """
    influence, weight, squares = cells.influence(), np.nan_to_num(cells.weight()), weights**2
    lacking = np.isnan(influence).any(1) | np.isnan(cells.share)
    is_known = ~((weights != 0) & lacking[:, None, :]).any((0, 2))
    value = _summed(weights, np.nan_to_num(cells.share)[:, None, :])[0]
    by_district = _summed(weights, np.nan_to_num(influence))
    # What each district adds to the variance by the chance of its needs, and by what it is.
    each = np.nan_to_num(_divided(cells.chance(), cells.trials.sum(1)))[:, None, :] * weight
    by_chance, of_places = _summed(squares, each), _summed(squares, weight**2)
    chance = by_chance.sum(0) + _at_usual(cells, weights, value)
    seen = error_of(by_district) ** 2
    between = _divided(np.maximum(seen - chance, 0), of_places.sum(0))
    parts = by_chance + np.nan_to_num(between) * of_places
    told = _summed(squares, np.nan_to_num(cells.told_variance())[:, None, :])[0]
    error = np.sqrt(np.maximum(seen, chance) + told)
    freedom = np.nan_to_num(_divided(parts.sum(0) ** 2, (parts**2).sum(0)) - 1)
    is_sound = is_known & (freedom >= LEAST_FREEDOM) & (error > 0)
    return Contrasts(value, error, freedom, np.asarray(is_sound), seen, chance, told)


def _at_usual(cells: Cells, weights: Floats, value: Floats) -> Floats:
    """Return by how much chance is larger at the usual share than at the one found, shape (C,).

    The first cells are what the contrasts are about, one each. A share that came out near 0 or 1 by
    chance would else seem surer than it is: what is tested is that it is the usual one.
    """
    own = np.arange(len(value))
    share = cells.share[NOW, own]
    usual = np.clip(np.nan_to_num(share - value), 0, 1)
    more = np.maximum(usual * (1 - usual) - cells.chance()[NOW, own], 0)
    trials = cells.trials.sum(1)[NOW, own]
    return np.asarray(weights[NOW, own, own] ** 2 * np.nan_to_num(_divided(more, trials)))


def _summed(weights: Floats, cells: Floats) -> Floats:
    """Return sums over periods and cells, shape (D, C), of what districts have of each cell."""
    return np.asarray(sum(part @ of.T for of, part in zip(weights, cells, strict=True)))


def _divided(above: Floats, below: Floats) -> Floats:
    shape = np.broadcast_shapes(np.shape(above), np.shape(below))
    nothing = np.full(shape, np.nan)
    return np.asarray(np.divide(above, below, out=nothing, where=np.asarray(below) > 0))
