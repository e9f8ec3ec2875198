"""How needs and cases end, as far as it has happened by the data cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analytics.domain.vocabulary import ClosureReason, Outcome
from analytics.extracts.demo.calendar import Days, day_number
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.history import History
from analytics.extracts.demo.people import Codes, Mask, draw_codes
from analytics.extracts.demo.process import Part, Process, generator

_OUTCOMES = list(Outcome)
_REASONS = list(ClosureReason)

# The person as such is gone: only where it is the last event of the case.
_GONE_SHARE = 0.5
_ENDS_BEFORE_REFERRAL = {Outcome.NO_PLACE: 0.45, Outcome.NOT_ENTITLED: 0.30, Outcome.DECLINED: 0.25}
_ENDS_AFTER_REFERRAL = {
    Outcome.NO_PLACE: 0.30,
    Outcome.NOT_ENTITLED: 0.10,
    Outcome.DECLINED: 0.25,
    Outcome.BROKEN_OFF: 0.35,
}
_ENDS_WITHOUT_PLACE = {Outcome.NO_PLACE: 0.85, Outcome.DECLINED: 0.10, Outcome.BROKEN_OFF: 0.05}
_CLOSURES = {
    ClosureReason.GOALS_MET: 0.48,
    ClosureReason.HANDED_OVER: 0.32,
    ClosureReason.WITHDRAWN: 0.08,
    ClosureReason.RETURNED: 0.04,
    ClosureReason.OTHER: 0.08,
}
_MEDIAN_DAYS_TO_CLOSURE = 190.0
_CLOSURE_SIGMA = 0.7
_DAYS_TO_CLOSURE_WHEN_GONE = 31

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True)
class Endings:
    """What the data cut shows; days since 1970, valid where the mask beside it is True.

    Masks and ``outcome`` have the shape of the needs; ``closed``, ``is_closed`` and ``reason`` that
    of the cases.
    """

    is_referred: Mask
    is_started: Mask
    is_ended: Mask
    outcome: Codes
    closed: Days
    is_closed: Mask
    reason: Codes


def draw_endings(process: Process, history: History) -> Endings:
    """Draw the outcomes of the needs and the closure of the cases."""
    random = generator(process.config.seed, Part.CLOSURES)
    cut = day_number(process.config.as_of)
    needs, clocks = history.needs, history.clocks
    is_referred = clocks.is_referred & (needs.day + clocks.referral <= cut)
    is_started = clocks.is_started & (needs.day + clocks.start <= cut)
    is_ended = ~clocks.is_started & (needs.day + clocks.other_end <= cut)
    final = needs.day + np.where(clocks.is_started, clocks.start, clocks.other_end)
    last, last_need = _last_events(history, final)
    is_gone = np.zeros(len(needs), dtype=np.bool_)
    has_needs = last_need >= 0
    is_gone[last_need[has_needs]] = True
    is_gone &= is_ended & (random.random(len(needs)) < _GONE_SHARE)
    stage = is_referred.astype(np.int8) + (is_referred & clocks.is_without_place)
    outcome = _outcomes(random, stage, is_started, is_ended, is_gone)
    gone = np.zeros(len(last), dtype=np.bool_)
    gone[has_needs] = is_gone[last_need[has_needs]]
    closed = last + _closing_days(random, gone)
    reason = draw_codes(random, _row(_CLOSURES, _REASONS), np.zeros(len(last), np.int8))
    moved = np.zeros(len(last), dtype=np.bool_)
    moved[has_needs] = outcome[last_need[has_needs]] == _OUTCOMES.index(Outcome.MOVED_AWAY)
    reason[gone & moved] = _REASONS.index(ClosureReason.MOVED_AWAY)
    reason[gone & ~moved] = _REASONS.index(ClosureReason.CONTACT_LOST)
    return Endings(
        is_referred, is_started, is_ended, outcome, closed, has_needs & (closed <= cut), reason
    )


def _last_events(history: History, final: Days) -> tuple[Days, npt.NDArray[np.int64]]:
    """Return each case's last day and the need that brings it; the opening and -1 without needs."""
    case = history.needs.case
    last = history.people.opened.copy()
    need = np.full(len(last), -1, dtype=np.int64)
    order = np.lexsort((final, case))
    ends = np.flatnonzero(np.diff(case[order], append=-1) != 0)
    rows = order[ends]
    need[case[rows]] = rows
    last[case[rows]] = final[rows]
    return last, need


def _outcomes(
    random: np.random.Generator, stage: Codes, is_started: Mask, is_ended: Mask, is_gone: Mask
) -> Codes:
    """Draw the outcomes; ``stage`` is 0 before the referral, 1 after it, 2 where no place is."""
    ends = [
        _row(shares, _OUTCOMES)
        for shares in (_ENDS_BEFORE_REFERRAL, _ENDS_AFTER_REFERRAL, _ENDS_WITHOUT_PLACE)
    ]
    ended = draw_codes(random, np.vstack(ends), stage)
    gone = np.where(
        random.random(len(ended)) < 0.5,
        _OUTCOMES.index(Outcome.MOVED_AWAY),
        _OUTCOMES.index(Outcome.CONTACT_LOST),
    )
    outcome = np.where(stage > 0, _OUTCOMES.index(Outcome.REFERRED), _OUTCOMES.index(Outcome.OPEN))
    outcome = np.where(is_started, _OUTCOMES.index(Outcome.STARTED), outcome)
    outcome = np.where(is_ended, np.where(is_gone, gone, ended), outcome)
    return outcome.astype(np.int8)


def _closing_days(random: np.random.Generator, gone: Mask) -> Days:
    noise = np.exp(_CLOSURE_SIGMA * random.standard_normal(len(gone)))
    usual = (_MEDIAN_DAYS_TO_CLOSURE * noise).astype(np.int32)
    short = random.integers(0, _DAYS_TO_CLOSURE_WHEN_GONE, len(gone), dtype=np.int32)
    return np.asarray(np.where(gone, short, usual), dtype=np.int32)


def _row(shares: Mapping[_Code, float], codes: Sequence[_Code]) -> Floats:
    return np.array([[shares.get(code, 0.0) for code in codes]])
