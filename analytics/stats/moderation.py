"""Errors of many comparisons of one kind, each steadied by how errors of its kind usually are.

Few districts tell an error poorly, and a search looks at the far tail, where that costs most. How
much districts add to the chance of needs is alike for comparisons of one kind, and the kind tells
how alike: the ratio of both variances is taken to follow a scaled F distribution, whose scale and
degrees of freedom come from all of them (Smyth 2004, doi:10.2202/1544-6115.1027, section 6). Where
comparisons vary more than their own degrees of freedom explain, nothing is borrowed.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import polygamma, psi

from analytics.stats.cell_contrasts import Contrasts, Mask
from analytics.stats.counts import Floats

LEAST_ALIKE: Final = 20
"""Comparisons of a kind below which none borrows from the others."""

MOST_FREEDOM: Final = 200.0
"""Degrees of freedom that a comparison has at most: districts are no endless number."""

_STEPS: Final = 50
_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Usual:
    """How large errors of a kind usually are.

    Attributes:
        ratio: Variance over that of the chance of needs.
        freedom: As many degrees of freedom as the others are worth; 0 where they are worth none.
    """

    ratio: float = 1.0
    freedom: float = 0.0


NOTHING_BORROWED: Final = Usual()


def usual_of(kind: list[tuple[Contrasts, Mask]]) -> Usual:
    """Return how large errors usually are among the comparisons of a kind that are searched."""
    if not kind:
        return NOTHING_BORROWED
    ratio = np.concatenate([_ratio(found)[searched] for found, searched in kind])
    freedom = np.concatenate([found.freedom[searched] for found, searched in kind])
    if ratio.size < LEAST_ALIKE:
        return NOTHING_BORROWED
    logs = np.log(np.maximum(ratio, _CLOSE)) - psi(freedom / 2) + np.log(freedom / 2)
    mean = float(logs.mean())
    beyond = float(logs.var(ddof=1) - polygamma(1, freedom / 2).mean())
    if beyond <= 0:
        return Usual(float(np.exp(mean)), MOST_FREEDOM)
    worth = 2 * _inverse_trigamma(beyond)
    return Usual(float(np.exp(mean + psi(worth / 2) - np.log(worth / 2))), worth)


def steadied(found: Contrasts, usual: Usual) -> Contrasts:
    """Return comparisons with their errors between their own and the usual, never below chance."""
    if not usual.freedom:
        return found
    together = usual.freedom + found.freedom
    own = found.freedom * _ratio(found) + usual.freedom * usual.ratio
    ratio = np.maximum(own / np.maximum(together, _CLOSE), 1.0)
    error = np.sqrt(ratio * found.chance + found.told)
    return replace(found, error=error, freedom=np.minimum(together, MOST_FREEDOM))


def _ratio(found: Contrasts) -> Floats:
    return np.asarray(found.seen / np.maximum(found.chance, _CLOSE**2))


def _inverse_trigamma(value: float) -> float:
    """Return where trigamma has a value, by Newton's method on its reciprocal (Smyth 2004)."""
    place = 0.5 + 1 / value
    for _ in range(_STEPS):
        slope = float(polygamma(1, place))
        step = slope * (1 - slope / value) / float(polygamma(2, place))
        place += step
        if -step < _CLOSE * place:
            break
    return place
