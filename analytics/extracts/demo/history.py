"""The whole history of all cases, before anything is recorded."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.extracts.demo.needs import (
    Clocks,
    Needs,
    draw_clocks,
    first_needs,
    later_needs,
    log_hazard,
)
from analytics.extracts.demo.people import People, draw_people
from analytics.extracts.demo.process import Part, Process, generator


@dataclass(frozen=True)
class History:
    """Cases with their needs in order of case, day and area, and what becomes of each need."""

    people: People
    needs: Needs
    clocks: Clocks


ChangePeople = Callable[[Process, People], People]
ChangeNeeds = Callable[[Process, People, Needs], Needs]


def same_people(_: Process, people: People) -> People:
    """Return the people as they were drawn."""
    return people


def same_needs(_: Process, __: People, needs: Needs) -> Needs:
    """Return the needs as they were drawn."""
    return needs


def draw_history(
    process: Process,
    cases: int,
    *replicate: int,
    change_people: ChangePeople = same_people,
    change_needs: ChangeNeeds = same_needs,
) -> History:
    """Draw the cases and needs of one world.

    Args:
        process: What its seed fixes.
        cases: How many.
        replicate: Name of a world other than the data's.
        change_people: Applied to the people.
        change_needs: Applied to their first needs.
    """
    seed = process.config.seed
    drawn = draw_people(generator(seed, Part.PEOPLE, *replicate), process, cases)
    people = change_people(process, drawn)
    random = generator(seed, Part.NEEDS, *replicate)
    first = change_needs(process, people, first_needs(random, process, people))
    first_clocks = _clocks(random, process, people, first)
    random = generator(seed, Part.REPEATS, *replicate)
    later = later_needs(random, process, people, first, first_clocks)
    later_clocks = _clocks(random, process, people, later)
    return _in_order(people, (first, later), (first_clocks, later_clocks))


def _clocks(random: np.random.Generator, process: Process, people: People, needs: Needs) -> Clocks:
    eta = log_hazard(process, people, needs, model=True, kim=True)
    return draw_clocks(random, process, needs, eta)


def _in_order(people: People, needs: tuple[Needs, Needs], clocks: tuple[Clocks, Clocks]) -> History:
    joined = Needs(
        case=np.concatenate([part.case for part in needs]),
        area=np.concatenate([part.area for part in needs]),
        day=np.concatenate([part.day for part in needs]),
        month=np.concatenate([part.month for part in needs]),
        is_later=np.concatenate([part.is_later for part in needs]),
    )
    times = Clocks(
        referral=np.concatenate([part.referral for part in clocks]),
        start=np.concatenate([part.start for part in clocks]),
        other_end=np.concatenate([part.other_end for part in clocks]),
    )
    order = np.lexsort((joined.area, joined.day, joined.case))
    return History(people, joined.take(order), times.take(order))
