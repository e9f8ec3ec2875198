"""Worlds for the comparison of hand-overs with and without an appointment.

In one an appointment acts as in the demonstration data, in one it does nothing. In the third it
does nothing either, but is agreed on for those who would start soon anyway: what no comparison of
what is recorded can tell from an effect, and why the page names an association.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import rankdata

from analytics.coverage.study import Row
from analytics.coverage.world import published
from analytics.domain.filters import NeedFilter
from analytics.extracts.demo.cells import known_units
from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.disturbance import UNDISTURBED, Disturbance
from analytics.extracts.demo.handover_truth import binding_effect
from analytics.extracts.demo.history import History, draw_history
from analytics.extracts.demo.process import Part, Process, build_process, generator
from analytics.reports.basis.span import data_period
from analytics.reports.cooperation.binding import binding
from analytics.reports.cooperation.binding_report import MEASURES, direction_of

CASES: Final = 20_000
SEEDS: Final = 100
_TRUTH_WORLDS: Final = 2
_TRUTH_CASES: Final = 100_000
_LIKENESS: Final = 0.3
"""Correlation of who gets an appointment with who would start soon, where these are chosen."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Worlds that differ by their seed only.

    Attributes:
        name: Stable.
        effect: Multiple of what an appointment does in the demonstration data.
        disturbance: What is otherwise than there.
    """

    name: str
    effect: float
    disturbance: Disturbance = UNDISTURBED


def _chosen(process: Process, history: History) -> History:
    """Agree on appointments for those who would start soon, as often as before."""
    random = generator(process.config.seed, Part.DISTURBANCE)
    given = history.handovers
    soon = rankdata(given.pace) / (len(given.pace) + 1)
    # The share of the need stays: only who falls below it is another one.
    noise = np.sqrt(1 - _LIKENESS**2) * random.standard_normal(len(soon))
    mixed = _LIKENESS * ndtri(soon) + noise
    return replace(history, handovers=replace(given, agreement=ndtr(mixed)))


KINDS: Final = (
    Kind("acts", 1.0),
    Kind("idle", 0.0),
    Kind("chosen", 0.0, Disturbance(history=_chosen)),
)
_KINDS: Final = {kind.name: kind for kind in KINDS}


def compared(name: str, seed: int) -> list[Row]:
    """Return one row a measure: the truth, what the page's comparison finds, and what it says."""
    kind = _KINDS[name]
    config = DemoConfig(cases=CASES, seed=seed, binding_effect=kind.effect)
    true = _truth(config)
    with published(config, kind.disturbance, bodies=True) as store:
        total = binding(store, NeedFilter(data_period(store), assigned=True)).rows[0].alike
    assert total is not None
    found = dict(zip(MEASURES, (total.reached, total.days), strict=True))
    said = dict(zip(MEASURES, direction_of(total), strict=True))
    return [
        {
            "world": name,
            "seed": seed,
            "measure": measure,
            "truth": true[measure],
            "estimate": found[measure].value,
            "low": found[measure].low,
            "high": found[measure].high,
            "said": said[measure],
        }
        for measure in MEASURES
    ]


def _truth(config: DemoConfig) -> dict[str, float]:
    process = build_process(config)
    worlds = [draw_history(process, _TRUTH_CASES, 1 + each) for each in range(_TRUTH_WORLDS)]
    effects = [binding_effect(process, each, known_units(process, each)) for each in worlds]
    names = zip(MEASURES, ("share_started_180d", "restricted_mean_days_180"), strict=True)
    return {name: float(np.mean([each[key] for each in effects])) for name, key in names}
