"""The whole history of all cases, before anything is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.handovers import Handovers, draw_handovers, is_bound, start_days
from analytics.extracts.demo.needs import (
    Clocks,
    Needs,
    chained_needs,
    draw_referrals,
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
    handovers: Handovers

    def take(self, rows: npt.NDArray[np.int64]) -> "History":
        """Return the history without the needs that are not at ``rows``."""
        return History(
            self.people,
            self.needs.take(rows),
            self.clocks.take(rows),
            self.handovers.take(rows),
        )


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
    handing = generator(seed, Part.HANDOVERS, *replicate)
    needs = change_needs(process, people, first_needs(random, process, people))
    first = _followed(random, handing, process, people, needs)
    random = generator(seed, Part.REPEATS, *replicate)
    later = later_needs(random, process, people, first.needs, first.clocks)
    again = _followed(random, handing, process, people, later)
    random = generator(seed, Part.CHAINS, *replicate)
    next_ones = chained_needs(random, process, people, first.needs, first.clocks)
    return _in_order(first, again, _followed(random, handing, process, people, next_ones))


def _followed(
    random: np.random.Generator,
    handing: np.random.Generator,
    process: Process,
    people: People,
    needs: Needs,
) -> History:
    """Draw what becomes of the needs: the two streams do not depend on one another."""
    eta = log_hazard(process, people, needs, model=True, kim=True)
    referral, pace, other_end = draw_referrals(random, eta)
    handovers = draw_handovers(handing, needs, pace)
    bound = is_bound(process, people, needs, handovers)
    start = referral + start_days(process, people, needs, handovers, bound)
    return History(people, needs, Clocks(referral, start, other_end), handovers)


def _in_order(*parts: History) -> History:
    needs = Needs(*_joined([part.needs for part in parts]))
    clocks = Clocks(*_joined([part.clocks for part in parts]))
    handovers = Handovers(*_joined([part.handovers for part in parts]))
    order = np.lexsort((needs.area, needs.day, needs.case))
    return History(parts[0].people, needs, clocks, handovers).take(order)


def _joined(parts: Sequence[Needs] | Sequence[Clocks] | Sequence[Handovers]) -> list[np.ndarray]:
    names = [field.name for field in fields(parts[0])]
    return [np.concatenate([getattr(part, name) for part in parts]) for name in names]
