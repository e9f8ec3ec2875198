"""The worlds that are simulated: with an effect, without, and with a violated assumption."""

from dataclasses import dataclass
from typing import Final

from analytics.coverage import disturbances as d
from analytics.coverage import record_faults as r
from analytics.coverage.reach import Reach
from analytics.domain.evaluation import Design
from analytics.domain.verdict import Assumption
from analytics.extracts.demo.disturbance import UNDISTURBED, Disturbance
from analytics.extracts.demo.parameters import MODEL_LOG_HAZARD

SITES: Final = Reach(Design.MODEL_PROJECT)
KIM: Final = Reach(Design.KIM_ROLLOUT)
SIZES: Final = (20_000, 60_000)
"""Cases a world: a third of the demonstration data, with many small cells; and all."""

SEEDS: Final = 100
MORE_SEEDS: Final = {("drift_50", 60_000): 300}
"""Kinds in which 100 seeds leave open whether what is promised holds: a slow drift of the sites is
what the verdict tells from an effect with most trouble."""

BOTH: Final = (Design.MODEL_PROJECT, Design.KIM_ROLLOUT)
MODEL: Final = (Design.MODEL_PROJECT,)
ROLLOUT: Final = (Design.KIM_ROLLOUT,)


@dataclass(frozen=True, slots=True)
class World:
    """Simulated data that differ by their seed only.

    Attributes:
        name: Key of its messages.
        designs: Programmes that are judged in it.
        disturbance: What it does otherwise than the demonstration data.
        violates: The assumption that does not hold; None where all do.
        effect: Multiple of the demonstration data's effects of the programmes judged; 0 without.
    """

    name: str
    designs: tuple[Design, ...]
    disturbance: Disturbance = UNDISTURBED
    violates: Assumption | None = None
    effect: float = 0.0


def _of_sites() -> tuple[World, ...]:
    a = Assumption
    return (
        *(
            World(f"drift_{name}", MODEL, d.drift(SITES, share * MODEL_LOG_HAZARD), a.TRENDS)
            for name, share in (("10", 0.10), ("25", 0.25), ("50", 0.50))
        ),
        World(
            "undated_others", MODEL, r.undated(SITES, before=0, after=0.1, elsewhere=True), a.DATES
        ),
        World("undated_sites", MODEL, r.undated(SITES, before=0.15, after=0.05), a.DATES),
        World("unrecorded_20", MODEL, r.unrecorded(SITES, 0.2), a.RECORDED),
        World("unrecorded_40", MODEL, r.unrecorded(SITES, 0.4), a.RECORDED),
        World("clock_7", MODEL, r.late_clock(SITES, 7), a.CLOCK),
        World("clock_14", MODEL, r.late_clock(SITES, 14), a.CLOCK),
        World("redefined", MODEL, r.redefined(SITES, 0.1), a.DEFINITION),
        World("displacement", MODEL, d.displacement(SITES, -0.2), a.NEIGHBOURS),
        World("dip_15", MODEL, d.dip(SITES, -0.15), a.TRENDS),
        World("dip_30", MODEL, d.dip(SITES, -0.30), a.TRENDS),
        World("wave_15", MODEL, d.wave(SITES, -0.15), a.TRENDS),
        World("wave_30", MODEL, d.wave(SITES, -0.30), a.TRENDS),
        World("selected", MODEL, d.selected(0.15, 0.8), a.TRENDS),
        World("people_25", MODEL, d.other_people(SITES, 0.25), a.MIX),
        World("people_50", MODEL, d.other_people(SITES, 0.50), a.MIX),
        World("easier", MODEL, d.easier_needs(SITES, 0.3), a.MIX),
        World("cities", MODEL, d.cities(SITES, 0.10), a.TRENDS),
        World("heavy_tails", BOTH, d.heavy_tails(0.10)),
    )


def _of_kim() -> tuple[World, ...]:
    a = Assumption
    return (
        World("kim_drift_05", ROLLOUT, d.drift(KIM, 0.05), a.TRENDS),
        World("kim_drift_10", ROLLOUT, d.drift(KIM, 0.10), a.TRENDS),
        World("kim_undated", ROLLOUT, r.undated(KIM, before=0.12, after=0.0), a.DATES),
        World("kim_unrecorded_20", ROLLOUT, r.unrecorded(KIM, 0.2), a.RECORDED),
        World("kim_unrecorded_40", ROLLOUT, r.unrecorded(KIM, 0.4), a.RECORDED),
        World("kim_clock_7", ROLLOUT, r.late_clock(KIM, 7), a.CLOCK),
        World("kim_clock_14", ROLLOUT, r.late_clock(KIM, 14), a.CLOCK),
        World("kim_redefined", ROLLOUT, r.redefined(KIM, 0.1), a.DEFINITION),
        World("kim_dip_15", ROLLOUT, d.dip(KIM, -0.15), a.TRENDS),
        World("kim_dip_30", ROLLOUT, d.dip(KIM, -0.30), a.TRENDS),
        World("kim_people_50", ROLLOUT, d.other_people(KIM, 0.50), a.MIX),
        World("kim_easier", ROLLOUT, d.easier_needs(KIM, 0.3), a.MIX),
    )


WORLDS: Final = (
    World("null", BOTH),
    World("effect", BOTH, effect=1.0),
    World("effect_double", BOTH, effect=2.0),
    *_of_sites(),
    *_of_kim(),
)

NAMES: Final = tuple(world.name for world in WORLDS)
"""Each has its messages ``coverage.world_…``."""
