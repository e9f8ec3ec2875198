"""How often an attack is right, beside a guess from one figure and beside chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.attack.claims import NEEDS, Cell, Claims, Estimate
from analytics.attack.lattice import least_variance
from analytics.attack.rounding import SMALL, best_guess, likelihood, sureness
from analytics.attack.truth import Truth
from analytics.disclosure.transition import VARIANCE

Floats = NDArray[np.float64]

ERRORS: Final = 3
"""Standard errors by which an attack that tells is right more often than the guess."""

_EXACT: Final = 1e-6
_UNLIKELY: Final = float(stats.norm.sf(ERRORS))


@dataclass(frozen=True, slots=True)
class Judged:
    """What an attack has told.

    Attributes:
        attack, release: Which, against which release.
        cells: Cells of 1 to 4 that it aimed at.
        right, wrong: How many of them it told rightly and wrongly; the others it said nothing of.
        guessed: How many of those that it spoke of would be right for who knows the published
            perturbation, one figure of each cell and how frequent counts are among these.
        error: Standard error of that number.
        certain_right, certain_wrong: How many claims of counts of 1 to 4 left no other possibility,
            and were right or wrong.
        certain_guessed: ``guessed`` of the cells with certain claims.
        persons, persons_right: Claims of the outcome of a single person, and how many were right.
        bound: Share of all cells aimed at that this guess tells rightly.
        chance: The same share for who always guesses the most frequent count.
        chance_person: The same for a single person's outcome.
        remaining: Standard deviation that averaging leaves by that of one figure; NaN where the
            attack is no average.
        asked, refused: Questions, and how many were not answered.
    """

    attack: str
    release: str
    cells: int
    right: int
    wrong: int
    guessed: float
    error: float
    certain_right: int
    certain_wrong: int
    certain_guessed: float
    persons: int
    persons_right: int
    bound: float
    chance: float
    chance_person: float
    remaining: float
    asked: int
    refused: int

    @property
    def has_told(self) -> bool:
        """Say whether it was right more often than the guess, of cells, certain ones or persons."""
        certain = self.certain_right + self.certain_wrong
        return (
            self.right > self.guessed + ERRORS * self.error
            or _is_more(self.certain_right, certain, self.certain_guessed)
            or _is_more(self.persons_right, self.persons, self.persons * self.chance_person)
        )


def judged(
    attack: str, release: str, claims: Claims, truth: Truth, asked: tuple[int, int]
) -> Judged:
    """Hold claims against the truth.

    In favour of the attacker, guesses are made as if it were known which cells are of 1 to 4 and
    how frequent each of these counts is among those spoken of: one who speaks only of the sparsest
    slices is right by naming the most frequent count, and has been told nothing.
    """
    sizes = {cell: truth.count(cell) for cell in claims.aims}
    small = {cell: size for cell, size in sizes.items() if size in SMALL}
    of_all = frequencies(list(small.values()))
    estimates = {each.cell: each for each in claims.estimates}
    told = [cell for cell in small if cell in estimates]
    prior = frequencies([small[cell] for cell in told])
    right = sum(guess(estimates[cell], prior) == small[cell] for cell in told)
    sure = _sureness(told, truth, prior)
    certain = [
        each.low == truth.count(each.cell)
        for each in claims.estimates
        if each.is_certain and each.low in SMALL
    ]
    surely = [cell for cell in told if estimates[cell].is_certain]
    persons = [
        truth.count(each.cell) == 1 and truth.is_referred(each.cell) == each.is_referred
        for each in claims.persons
    ]
    return Judged(
        attack=attack,
        release=release,
        cells=len(small),
        right=right,
        wrong=len(told) - right,
        guessed=float(sure.sum()),
        error=float(np.sqrt((sure * (1 - sure)).sum())),
        certain_right=sum(certain),
        certain_wrong=len(certain) - sum(certain),
        certain_guessed=float(_sureness(surely, truth, prior).sum()),
        persons=len(persons),
        persons_right=sum(persons),
        bound=best_guess(of_all),
        chance=float(of_all.max()),
        chance_person=_of_persons(small, truth),
        remaining=_remaining(claims, estimates, small, truth),
        asked=asked[0],
        refused=asked[1],
    )


def _sureness(cells: Sequence[Cell], truth: Truth, prior: Floats) -> Floats:
    figures = np.array([truth.figure(cell) for cell in cells], dtype=np.int64)
    return sureness(figures, prior)


def frequencies(counts: Sequence[int]) -> Floats:
    """Return how frequent 1, 2, 3 and 4 are; alike where there is no count."""
    found = np.bincount(np.asarray(counts, dtype=np.int64), minlength=5)[1:5].astype(np.float64)
    return found / found.sum() if found.sum() else np.full(4, 0.25)


def guess(estimate: Estimate, prior: Floats) -> int:
    """Return the likeliest of 1 to 4 after an estimate with a normal error.

    Where the cell's own figure is known, its published chances take the place of that error.
    """
    counts = np.asarray(SMALL, dtype=np.float64)
    value, variance, own = estimate.value, max(estimate.variance, _EXACT), np.ones(len(SMALL))
    if estimate.figures and variance < VARIANCE - _EXACT:
        rest = 1 / (1 / variance - 1 / VARIANCE)
        own_figure = float(np.mean(estimate.figures))
        value, variance = rest * (value / variance - own_figure / VARIANCE), rest
    elif estimate.figures:
        variance = np.inf
    if estimate.figures:
        own = likelihood()[list(SMALL)][:, list(estimate.figures)].sum(axis=1)
    possible = (counts >= estimate.low) & (counts <= estimate.high)
    with np.errstate(divide="ignore"):
        chances = np.log(prior) + np.log(own) - (counts - value) ** 2 / (2 * variance)
    return int(counts[np.argmax(np.where(possible | ~possible.any(), chances, -np.inf))])


def _is_more(right: int, of: int, expected: float) -> bool:
    """Say whether so many right ones are too many for chance."""
    return bool(of) and float(stats.binom.sf(right - 1, of, expected / of)) < _UNLIKELY


def _of_persons(small: Mapping[Cell, int], truth: Truth) -> float:
    """Return how often the more frequent outcome is that of a single person."""
    single = [
        truth.is_referred(cell)
        for cell, size in small.items()
        if size == 1 and cell.measure == NEEDS
    ]
    share = float(np.mean(single)) if single else 0.5
    return max(share, 1 - share)


def _remaining(
    claims: Claims, estimates: Mapping[Cell, Estimate], small: Mapping[Cell, int], truth: Truth
) -> float:
    """Return what is left in fact, or for who knew who has which codes, whichever is less."""
    errors = [estimates[cell].value - n for cell, n in small.items() if cell in estimates]
    if not claims.averages or not errors:
        return float("nan")
    least = [least_variance(truth.rows(cell)) for cell in small if cell in estimates]
    return float(np.sqrt(min(np.square(errors).mean() / VARIANCE, np.mean(least))))
