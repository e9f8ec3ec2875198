"""The worlds that are simulated: with the programmes, without, and with effects easy to find."""

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
        judged: Whether the verdict is asked for too; it takes most of the time.
    """

    name: str
    model: float
    kim: float
    seeds: int
    judged: bool


SCENARIOS: Final = (
    Scenario("effect", 1.0, 1.0, 400, judged=False),
    Scenario("null", 0.0, 0.0, 400, judged=True),
    # About twice what a panel of this size finds with probability 80 % (share within 90 days).
    Scenario("strong", 1.8, 12.0, 200, judged=True),
)

FIRST_SEED: Final = 10_000
