"""The three modules of KIM in each unit: milestones and posts."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.domain.areas import DistrictKind, registry
from analytics.domain.vocabulary import Milestone, Module
from analytics.extracts.demo.calendar import MONTH_STARTS, MONTHS, QUARTERS, Days, month_index
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.posts import FULLY_STAFFED
from analytics.extracts.demo.process import Process, vacancies_of

Months = npt.NDArray[np.int64]

# Months between the milestones: from applying to the grant, from the grant to the start.
_TO_GRANT: Final = (1, 4)
_TO_START: Final = (1, 3)
_PLANNED_MONTHS_TO_FULL: Final = 9
_LATEST_SLIP_DAYS: Final = 60
_COORDINATION_LEADS: Final = (0, 4)
_FIRST_APPLICATIONS: Final = month_index(2020, 5)
_FIRST_STARTS: Final = month_index(2020, 7)
_COORDINATION_BY: Final = (month_index(2020, 11), month_index(2021, 7))
_AUTHORITIES_FROM: Final = (month_index(2020, 7), month_index(2021, 4))

# Published: a Kreis has 3.5 coordinators (51, 52), Bielefeld as a city three (53).
_COORDINATORS_DISTRICT: Final = 3.5
_COORDINATORS_CITY: Final = 3.0
_HALF_POSTS_FIRST_ROUND: Final = 200
_MOST_AUTHORITY_POSTS: Final = 6.0


@dataclass(frozen=True)
class ModulePlan:
    """One module in all KIM units.

    Attributes:
        module: The module.
        planned, reached: Days since 1970 of each milestone, shape ``(kim_units, milestones)``; a
            day after the data cut is one not reached yet.
        funded, filled: Full posts, shape ``(kim_units, QUARTERS)``.
    """

    module: Module
    planned: Days
    reached: Days
    funded: Floats
    filled: Floats


def plan_modules(random: np.random.Generator, process: Process) -> tuple[ModulePlan, ...]:
    """Draw the course of the modules in their official order."""
    start = process.rollout.kim_start
    lead = random.integers(*_COORDINATION_LEADS, len(start))
    latest = random.integers(*_COORDINATION_BY, len(start))
    coordination = np.maximum(np.minimum(start - lead, latest), _FIRST_STARTS)
    authorities = random.integers(*_AUTHORITIES_FROM, len(start))
    staff = process.rollout.staff
    return (
        _plan(
            random, Module.COORDINATION, coordination, *_coordinators(random, process, coordination)
        ),
        _plan(random, Module.CASE_MANAGEMENT, start, staff.funded, staff.filled),
        _plan(random, Module.AUTHORITIES, authorities, *_officers(random, process, authorities)),
    )


def _plan(
    random: np.random.Generator, module: Module, start: Months, funded: Floats, filled: Floats
) -> ModulePlan:
    granted = np.maximum(start - random.integers(*_TO_START, len(start)), _FIRST_APPLICATIONS)
    applied = np.maximum(granted - random.integers(*_TO_GRANT, len(start)), _FIRST_APPLICATIONS)
    full = np.minimum(_full_quarter(funded, filled) * 3, MONTHS)
    planned_full = start + _PLANNED_MONTHS_TO_FULL
    planned = _first_days(np.stack([applied, granted, start, planned_full], axis=1))
    slip = random.integers(0, _LATEST_SLIP_DAYS, applied.shape).astype(np.int32)
    reached = _first_days(np.stack([applied, granted, start, np.maximum(full, start)], axis=1))
    # Applications and starts are as recorded; the plan for the start was earlier by the slip.
    starts = list(Milestone).index(Milestone.STARTED)
    planned[:, starts] = np.maximum(planned[:, starts] - slip, planned[:, starts - 1])
    return ModulePlan(module, planned, reached, funded, filled)


def _first_days(months: Months) -> Days:
    # The month after the last stands for "not by the last data cut".
    return np.asarray(MONTH_STARTS[np.clip(months, 0, MONTHS)], dtype=np.int32)


def _full_quarter(funded: Floats, filled: Floats) -> Months:
    """Return the first quarter in which at most a twentieth of all posts is vacant.

    ``QUARTERS`` if there is none. Who leaves later is seen in the posts: the milestone was reached.
    """
    is_full = (filled >= FULLY_STAFFED * funded) & (funded >= funded[:, -1:])
    return np.where(is_full.any(axis=1), np.argmax(is_full, axis=1), QUARTERS)


def _coordinators(
    random: np.random.Generator, process: Process, start: Months
) -> tuple[Floats, Floats]:
    cities = {a.ags for a in registry().districts if a.kind is DistrictKind.INDEPENDENT_CITY}
    posts = [
        _COORDINATORS_CITY if unit in cities or len(unit) > 5 else _COORDINATORS_DISTRICT
        for unit in process.places.kim_units
    ]
    pace = random.uniform(0.7, 2.0, len(start))
    return _posts(
        np.array(posts),
        start,
        pace,
        vacancies_of(process.config, process.places, Module.COORDINATION),
    )


def _officers(
    random: np.random.Generator, process: Process, start: Months
) -> tuple[Floats, Floats]:
    """Share out the half posts of the first round by foreign population, at least one each."""
    foreign = process.places.kim_foreign()
    halves = np.maximum(np.round(_HALF_POSTS_FIRST_ROUND * foreign / foreign.sum()), 1.0)
    posts = np.minimum(halves / 2, _MOST_AUTHORITY_POSTS)
    pace = random.uniform(0.8, 2.4, len(start))
    return _posts(
        posts, start, pace, vacancies_of(process.config, process.places, Module.AUTHORITIES)
    )


def _posts(posts: Floats, start: Months, pace: Floats, vacancies: Floats) -> tuple[Floats, Floats]:
    """Return funded and filled posts from the quarter of the start on."""
    since = np.arange(QUARTERS)[None, :] - (start // 3)[:, None]
    funded = np.where(since >= 0, posts[:, None], 0.0)
    # A single half post is filled or vacant; larger numbers fill step by step.
    share = 1 - 0.6 * np.exp(-np.maximum(since, 0) / pace[:, None]) - vacancies
    return funded, np.asarray(np.floor(2 * funded * share + 0.5) / 2, dtype=np.float64)
