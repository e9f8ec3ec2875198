"""The parts of attacks on hand-made tables."""

from math import inf

import numpy as np
import pytest

from analytics.attack.claims import Cell, Estimate
from analytics.attack.equations import Equations
from analytics.attack.judgement import frequencies, guess
from analytics.attack.outcomes import fraction_of
from analytics.attack.rounding import SMALL, best_guess, likelihood, possible, sureness
from analytics.domain.periods import Month, Period

CELL = Cell("district", "05315", Period(Month(2019, 1), Month(2019, 3)))
ALIKE = np.full(4, 0.25)


def test_sums_that_leave_one_possibility_tell_it() -> None:
    equations = Equations(3)
    equations.add([0, 1, 2], 10, 10)
    equations.add([0, 1], 7, 7)
    equations.add([0], 4, 4)
    assert [equations.limits(count) for count in range(3)] == [(4, 4), (3, 3), (3, 3)]


def test_sums_within_limits_leave_their_width() -> None:
    equations = Equations(2)
    equations.add([0, 1], 6, 8)
    equations.add([1], 5, 5)
    assert equations.limits(0) == (1, 3)


def test_whole_numbers_tell_more_than_fractions() -> None:
    # 2 a + 2 b between 3 and 5 is 4 for whole numbers; so a is 2 where b is 0.
    equations = Equations(2)
    equations.add([0, 0, 1, 1], 3, 5)
    equations.add([1], 0, 0)
    assert equations.limits(0) == (2, 2)


def test_what_nobody_limits_is_endless() -> None:
    equations = Equations(2)
    equations.add([1], 1, 2)
    assert equations.limits(0) == (0, inf)


def test_sums_that_contradict_each_other_tell_nothing() -> None:
    equations = Equations(1)
    equations.add([0], 3, 3)
    equations.add([0], 4, 4)
    assert np.isnan(equations.limits(0)).all()


def test_chances_of_figures_add_up() -> None:
    assert likelihood().sum(axis=1) == pytest.approx(1)
    assert likelihood()[0, 0] == 1
    assert not likelihood()[:, [1, 2]].any()


@pytest.mark.parametrize(
    ("figure", "low", "high"), [(0, 0, 3), (3, 1, 6), (4, 3, 7), (10, 7, 13), (50, 47, 53)]
)
def test_a_figure_stands_for_few_counts(figure: int, low: int, high: int) -> None:
    assert possible(figure) == (low, high)


def test_the_best_guess_is_better_than_chance_and_not_certain() -> None:
    assert 0.25 < best_guess(ALIKE) < 1
    figures = np.arange(8)[[0, 3, 4, 5, 6, 7]]
    shares = np.array([likelihood()[list(SMALL)][:, f].sum() / 4 for f in figures])
    assert (sureness(figures, ALIKE) * shares).sum() == pytest.approx(best_guess(ALIKE))
    assert sureness(np.array([7]), ALIKE) == pytest.approx(1)


@pytest.mark.parametrize(("value", "expected"), [(0.2, 1), (2.4, 2), (3.6, 4), (9.0, 4)])
def test_guesses_lie_near_the_estimate(value: float, expected: int) -> None:
    assert guess(Estimate(CELL, value, 1.0, 0, inf), ALIKE) == expected


def test_a_guess_heeds_what_is_possible_and_frequent() -> None:
    assert guess(Estimate(CELL, 1.0, 1.0, 3, 9), ALIKE) == 3
    assert guess(Estimate(CELL, 2.4, 8.0, 0, inf), frequencies([4] * 98 + [1, 2])) == 4


def test_a_figure_that_only_4_can_have_is_told_as_4() -> None:
    assert guess(Estimate(CELL, 7.0, 2.0, 4, 10, (7,)), ALIKE) == 4


def test_digits_tell_the_fraction() -> None:
    assert fraction_of(7 / 23, 20, 26) == [(7, 23)]
    assert fraction_of(0.5, 10, 14) == [(5, 10), (6, 12), (7, 14)]
    assert fraction_of(0.304347, 20, 26) == []
