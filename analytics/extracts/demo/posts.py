"""Posts of KIM case management: funded in two steps, filled step by step, vacated again.

Posts have real size: they do not grow with the number of demonstration cases. At the default size
the filled posts meet 12 to 20 active cases each once a unit is staffed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.calendar import QUARTERS, month_index
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.config import DEFAULT_CASES

Quarters = npt.NDArray[np.int64]

ACTIVE_SHARE: Final = 0.155
"""Cases active at the same time in 2023, as a share of all cases of the default data."""

CASELOAD: Final = (14.0, 16.5)
FIRST_STEP: Final = 0.62
"""Posts funded before the enlargement, as a share of those after it."""

INCOMPLETE_SHARE: Final = 0.30
INCOMPLETE_AT_MOST: Final = (0.72, 0.93)
"""Share of units in which a module is never fully staffed, and the share of its posts they reach.

Published is one district that called filling all posts soon not feasible in August 2023 (source
95); how many there are elsewhere is not, so both sizes are assumptions.
"""

TURNOVER: Final = 0.15
TURNOVER_QUARTERS: Final = (1, 3)
"""Probability in a quarter that somebody leaves, and quarters until the post is filled again."""

_ENLARGED: Final = tuple(month_index(2022, month) // 3 for month in (1, 4, 7))
_LEAST_POSTS: Final = 1.5
FULLY_STAFFED: Final = 0.95


@dataclass(frozen=True)
class CaseManagement:
    """Funded and filled full posts by KIM unit and quarter, shape ``(kim_units, QUARTERS)``."""

    funded: Floats
    filled: Floats

    def filled_share(self) -> Floats:
        """Return filled posts as a share of funded ones, 0 where none are funded."""
        return np.divide(
            self.filled, self.funded, out=np.zeros_like(self.filled), where=self.funded > 0
        )


def staff_case_management(
    generator: np.random.Generator, start: Quarters, foreign: Floats, vacancies: Floats
) -> CaseManagement:
    """Draw the posts of units that start in quarter ``start`` with ``foreign`` residents.

    ``vacancies`` are as ``draw_vacancies`` gives them.
    """
    size = len(start)
    active = DEFAULT_CASES * ACTIVE_SHARE * foreign / foreign.sum()
    target = np.maximum(active / generator.uniform(*CASELOAD, size), _LEAST_POSTS)
    after = _half_posts(target)
    before = _half_posts(FIRST_STEP * target)
    enlarged = np.maximum(generator.choice(_ENLARGED, size), start + 2)
    pace_before = generator.uniform(0.9, 2.2, size)
    pace_after = generator.uniform(0.8, 2.0, size)
    quarter = np.arange(QUARTERS)[None, :]
    is_on = quarter >= start[:, None]
    is_enlarged = quarter >= enlarged[:, None]
    first = before[:, None] * _filling(quarter - start[:, None], pace_before, begins_at=0.55)
    more = (after - before)[:, None] * _filling(
        quarter - enlarged[:, None], pace_after, begins_at=0.25
    )
    funded = np.where(is_on, np.where(is_enlarged, after[:, None], before[:, None]), 0.0)
    filled = np.where(is_on, first, 0.0) + np.where(is_enlarged, more, 0.0)
    there = np.maximum(np.minimum(filled, funded) - vacancies * funded, 0.0)
    return CaseManagement(funded, np.minimum(np.round(there, 1), funded))


def draw_vacancies(random: np.random.Generator, units: int) -> Floats:
    """Draw the share of posts that lasting vacancies and turnover cost, ``(units, QUARTERS)``."""
    lasting = np.where(
        random.random(units) < INCOMPLETE_SHARE,
        1 - random.uniform(*INCOMPLETE_AT_MOST, units),
        0.0,
    )
    leaves = random.random((units, QUARTERS)) < TURNOVER
    length = random.integers(*TURNOVER_QUARTERS, (units, QUARTERS))
    size = random.uniform(0.06, 0.18, (units, QUARTERS))
    away = np.zeros((units, QUARTERS))
    for later in range(TURNOVER_QUARTERS[1] - 1):
        gone = np.where(leaves & (length > later), size, 0.0)
        away[:, later:] = np.maximum(away[:, later:], gone[:, : QUARTERS - later])
    return np.asarray(lasting[:, None] + away, dtype=np.float64)


def _filling(quarters: Quarters, pace: Floats, *, begins_at: float) -> Floats:
    """Return the share filled after ``quarters``, at most 0.99: some post is always vacant."""
    gap = (1 - begins_at) * np.exp(-np.maximum(quarters, 0) / pace[:, None])
    return np.asarray(np.minimum(1 - gap, 0.99), dtype=np.float64)


def _half_posts(posts: Floats) -> Floats:
    return np.asarray(np.round(2 * posts) / 2, dtype=np.float64)
