"""The worlds in which intervals are compared with the truth: with the programmes, and without."""

from dataclasses import dataclass
from typing import Final

CASES: Final = 20_000
"""Cases a world: a third of the demonstration data, so that many cells are small or missing."""

DRAWS: Final = 499


@dataclass(frozen=True, slots=True)
class Scenario:
    """Worlds that differ by their seed only.

    Attributes:
        name: Key of its messages.
        model, kim: Multiples of the demonstration data's effects.
        seeds: How many.
    """

    name: str
    model: float
    kim: float
    seeds: int


SCENARIOS: Final = (Scenario("effect", 1.0, 1.0, 400), Scenario("null", 0.0, 0.0, 400))
