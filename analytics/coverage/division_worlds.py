"""Worlds for the division of the wait: does it find what goes through appointments?"""

from typing import Final

from analytics.coverage.study import Row
from analytics.coverage.world import published
from analytics.domain.evaluation import ModelChoice
from analytics.extracts.demo import DemoConfig, truth
from analytics.reports.evaluation.wait_split import wait_split

CASES: Final = 60_000
SEEDS: Final = 60
EFFECTS: Final = (1.0, 0.0)
"""Multiples of what an appointment does in the demonstration data."""

_TRUTH_WORLDS: Final = 3
_TRUTH_CASES: Final = 100_000


def divided(effect: float, seed: int) -> list[Row]:
    """Return a row for the whole and one for the share with an appointment, in days.

    The truth of the latter is what is lost of the whole when people are referred as fast, but with
    as many appointments as without the programme.
    """
    config = DemoConfig(cases=CASES, seed=seed, binding_effect=effect)
    stated = truth(config, replicates=_TRUTH_WORLDS, cases=_TRUTH_CASES)
    true = stated["handovers"]["model_days_to_start"]
    with published(config, bodies=True) as store:
        found = wait_split(store, ModelChoice())
    whole, part = found.effect, found.parts["step"]["bound_share"]
    told = {
        "total": (whole.estimate, whole.low, whole.high),
        "binding": (part.estimate, part.low, part.high),
    }
    return [
        {
            "effect": effect,
            "seed": seed,
            "part": name,
            "truth": true[name],
            **dict(zip(("estimate", "low", "high"), map(float, values), strict=True)),
            "is_told": not found.against,
        }
        for name, values in told.items()
    ]
