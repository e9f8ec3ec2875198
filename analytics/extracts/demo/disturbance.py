"""What a simulated world does otherwise than the demonstration data, step by step."""

from collections.abc import Callable
from dataclasses import dataclass

from analytics.extracts.demo.endings import Endings
from analytics.extracts.demo.history import (
    ChangeNeeds,
    ChangePeople,
    History,
    same_needs,
    same_people,
)
from analytics.extracts.demo.process import Process


def _same_process(process: Process) -> Process:
    return process


def _same_history(_: Process, history: History) -> History:
    return history


def _same_endings(_: Process, __: History, endings: Endings) -> Endings:
    return endings


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Replaces what was drawn after each step; each function must be pure.

    Attributes:
        process: Levels, shocks and calendars.
        people: Who comes.
        needs: Which needs the cases bring at first.
        history: What became of the needs, as it is written down.
        endings: What the data cut shows.
    """

    process: Callable[[Process], Process] = _same_process
    people: ChangePeople = same_people
    needs: ChangeNeeds = same_needs
    history: Callable[[Process, History], History] = _same_history
    endings: Callable[[Process, History, Endings], Endings] = _same_endings


UNDISTURBED = Disturbance()
