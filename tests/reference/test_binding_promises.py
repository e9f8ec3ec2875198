"""The stored simulations of appointments: found where they act, not said where they do nothing."""

import pytest

from analytics.coverage.binding_worlds import KINDS, SEEDS
from analytics.coverage.division_worlds import EFFECTS
from analytics.coverage.division_worlds import SEEDS as DIVISION_SEEDS
from analytics.reports.cooperation.binding_promise import divisions, promises
from analytics.reports.cooperation.binding_report import MEASURES
from analytics.stats.intervals import wilson


def test_every_world_is_there_once() -> None:
    assert {name: each.worlds for name, each in promises().items()} == {
        kind.name: SEEDS for kind in KINDS
    }
    assert SEEDS == 100


@pytest.mark.parametrize("measure", MEASURES)
def test_what_an_appointment_does_lies_in_the_interval(measure: str) -> None:
    assert promises()["acts"].covered[measure] >= 90
    assert promises()["idle"].covered[measure] >= 90


def test_what_acts_is_said_and_what_does_nothing_hardly_ever() -> None:
    assert promises()["acts"].both >= 90
    assert promises()["idle"].both <= 5
    assert wilson(promises()["idle"].either, SEEDS).low <= 0.05


def test_a_choice_of_people_looks_like_an_effect_which_no_comparison_can_tell() -> None:
    """Why the page says what goes along with appointments, and never what they do."""
    assert promises()["chosen"].both >= 90


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("part", ["total", "binding"])
def test_the_division_finds_the_whole_and_what_goes_through_appointments(
    effect: float, part: str
) -> None:
    worlds, covered = divisions()[effect, part]
    assert worlds == DIVISION_SEEDS
    assert wilson(covered, worlds).high >= 0.95
