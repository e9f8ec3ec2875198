"""Faults of the records that a simulated world may have; ``disturbances`` has others."""

from dataclasses import replace
from typing import Final

import numpy as np

from analytics.coverage.reach import NEVER, Reach
from analytics.extracts.demo.calendar import Days, month_of
from analytics.extracts.demo.disturbance import Disturbance
from analytics.extracts.demo.endings import Endings
from analytics.extracts.demo.history import History
from analytics.extracts.demo.needs import Clocks
from analytics.extracts.demo.process import Part, Process, generator

_SLOW_DAYS: Final = 90
_FAST_DAYS: Final = 4


def unrecorded(reach: Reach, share: float) -> Disturbance:
    """``share`` of the needs that wait longer than 90 days are never written down there."""

    def change(process: Process, history: History) -> History:
        random = generator(process.config.seed, Part.DISTURBANCE)
        is_slow = history.clocks.referral > _SLOW_DAYS
        lost = reach.there(process, history.people, history.needs) & is_slow
        kept = np.flatnonzero(~lost | (random.random(len(is_slow)) >= share))
        return history.take(kept)

    return Disturbance(history=change)


def late_clock(reach: Reach, days: int) -> Disturbance:
    """Needs are written down ``days`` later there, at the latest when they are met or end."""

    def change(process: Process, history: History) -> History:
        needs, clocks = history.needs, history.clocks
        is_there = reach.there(process, history.people, needs)
        first = np.minimum(clocks.referral, clocks.other_end)
        late = np.where(is_there, np.minimum(days, first), 0).astype(np.int32)
        moved = Clocks(clocks.referral - late, clocks.start - late, clocks.other_end - late)
        return _as_of_cut(history, needs.day + late, moved)

    return Disturbance(history=change)


def _as_of_cut(history: History, day: Days, clocks: Clocks) -> History:
    """Return the history with needs written down on ``day``, as far as that is before the cut."""
    cut = history.needs.day.max()
    kept = np.flatnonzero(day <= cut)
    needs = replace(history.needs, day=day).take(kept)
    return replace(
        history.take(kept),
        needs=replace(needs, month=month_of(needs.day)),
        clocks=clocks.take(kept),
    )


def redefined(reach: Reach, share: float) -> Disturbance:
    """``share`` of the needs there count as referred within days, as telling of an offer counts."""

    def change(process: Process, history: History) -> History:
        random = generator(process.config.seed, Part.DISTURBANCE)
        clocks = history.clocks
        chosen = random.random(len(history.needs)) < share
        moved = reach.there(process, history.people, history.needs) & chosen
        fast = random.integers(0, _FAST_DAYS, len(history.needs), dtype=np.int32)
        referral = np.where(moved, np.minimum(fast, clocks.referral), clocks.referral)
        return replace(history, clocks=replace(clocks, referral=referral))

    return Disturbance(history=change)


def undated(reach: Reach, *, before: float, after: float, elsewhere: bool = False) -> Disturbance:
    """Referrals lack their dates: they look as if people still waited.

    Args:
        reach: Where.
        before: Share without a date, of needs before the unit's start.
        after: Of needs after it, likewise.
        elsewhere: In the units that take no part instead, by the first start.
    """

    def change(process: Process, history: History, endings: Endings) -> Endings:
        random = generator(process.config.seed, Part.DISTURBANCE)
        starts = reach.starts(process)
        takes_part = starts < NEVER
        turning = np.where(takes_part, starts, starts.min())
        unit = process.places.unit[history.people.municipality[history.needs.case]]
        is_after = history.needs.month >= turning[unit]
        share = np.where(is_after, after, before) * (takes_part[unit] != elsewhere)
        lost = random.random(len(share)) < share
        return replace(
            endings, is_referred=endings.is_referred & ~lost, is_started=endings.is_started & ~lost
        )

    return Disturbance(endings=change)
