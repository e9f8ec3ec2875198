"""Random hand-overs in strata of unequal units, with or without a difference between both arms."""

from dataclasses import dataclass

import numpy as np

from analytics.stats.two_arms import ArmCounts, compare_arms

LIMIT = 180
YEARS, KINDS = 3, 6


@dataclass(frozen=True)
class World:
    """What is true of a world.

    Attributes:
        units: How many units.
        effect: Mean log ratio of the arms' hazards of starting.
        spread: How far that ratio varies between units.
        confounding: How strongly units that bind more are faster anyway.
        size: Mean number of observations of a unit.
    """

    units: int = 53
    effect: float = 0.0
    spread: float = 0.0
    confounding: float = 0.8
    size: int = 250


def counts_of(world: World, seed: int) -> ArmCounts:
    """Return one draw of a world."""
    random = np.random.default_rng(seed)
    trait = random.normal(size=world.units) * (world.units > 1)
    sizes = 20 + random.poisson(world.size * random.gamma(2, 0.5, world.units))
    unit = np.repeat(np.arange(world.units), sizes)
    kind = random.integers(0, KINDS, unit.size)
    year = random.integers(0, YEARS, unit.size)
    # What binds more is faster anyway: by unit, by kind and by year.
    log_odds = 0.9 * trait[unit] + 0.3 * (kind - 2.5) + 0.3 * (year - 1)
    arm = (random.random(unit.size) < 1 / (1 + np.exp(-log_odds))).astype(np.int64)
    own = world.effect + world.spread * random.normal(size=world.units)
    speed = world.confounding * (trait[unit] + 0.4 * (kind - 2.5) + 0.4 * (year - 1))
    start = random.exponential(120 / np.exp(speed + own[unit] * arm))
    other = random.exponential(500, unit.size)
    days = np.minimum(np.floor(np.minimum(start, other)), LIMIT).astype(np.int64)
    event = np.where(np.minimum(start, other) > LIMIT, 0, np.where(start <= other, 1, 2))
    stratum = (unit * YEARS + year) * KINDS + kind
    return ArmCounts(stratum, unit, arm, days, event, np.ones(unit.size, np.int64))


def aim_of(world: World, seeds: range) -> tuple[float, float]:
    """Return what the estimates aim at: their means over many draws of the world."""
    found = [compare_arms(counts_of(world, seed), LIMIT, by_unit=world.units > 1) for seed in seeds]
    values = [[one.reached.value, one.days.value] for one in found if one]
    reached, days = np.nanmean(values, axis=0)
    return float(reached), float(days)
