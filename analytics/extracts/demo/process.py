"""Everything that a seed fixes before the first case: units' levels, shocks, dates, calendars."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from analytics.domain.vocabulary import AgeGroup, LegalRegime, Module, OfferArea, ResidenceStatus
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.bodies import Bodies, draw_bodies
from analytics.extracts.demo.calendar import FIRST_YEAR, QUARTERS, year_and_quarter
from analytics.extracts.demo.calibration import course_times
from analytics.extracts.demo.clock import Floats, log_hazard_of_mean, log_hazard_of_median
from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.places import Places, places
from analytics.extracts.demo.posts import draw_vacancies
from analytics.extracts.demo.rollout import Rollout, draw_rollout


class Part(IntEnum):
    """The parts of the process that draw independently; a new one goes to the end."""

    UNITS = 0
    ROLLOUT = 1
    PEOPLE = 2
    NEEDS = 3
    REPEATS = 4
    CLOSURES = 5
    RECORDING = 6
    DISTRICTS = 7
    TRUTH = 8
    DISTURBANCE = 9
    BODIES = 10
    HANDOVERS = 11
    CHAINS = 12
    VACANCIES = 13
    COOPERATION = 14


def generator(seed: int, part: Part, *more: int) -> np.random.Generator:
    """Return the random numbers of one part; parts of one seed are independent."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(part, *more)))


@dataclass(frozen=True)
class Process:
    """The process of one seed. Effects are on the log hazard of referral.

    Attributes:
        unit_level: Level and shocks of each unit and quarter, shape ``(units, QUARTERS)``.
        calendar: Level of each offer area and quarter, shape ``(areas, QUARTERS)``.
        model, kim: The programmes' effects, ``(units, MONTHS)`` and ``(kim_units, MONTHS)``.
        start_mean: Mean days from referral to start, shape ``(areas, QUARTERS)``.
        regime, residence, age: Effects of the codes, in the order of their vocabulary.
        bodies: Waits, places and bindingness of the receiving bodies.
    """

    config: DemoConfig
    places: Places
    rollout: Rollout
    unit_level: Floats
    calendar: Floats
    model: Floats
    kim: Floats
    start_mean: Floats
    regime: Floats
    residence: Floats
    age: Floats
    bodies: Bodies


def build_process(config: DemoConfig) -> Process:
    """Draw what all cases of a seed have in common; it does not depend on their number."""
    where = places()
    units = len(where.units)
    rollout = draw_rollout(
        generator(config.seed, Part.ROLLOUT),
        where,
        vacancies_of(config, where, Module.CASE_MANAGEMENT),
    )
    return Process(
        config=config,
        places=where,
        rollout=rollout,
        unit_level=_unit_levels(generator(config.seed, Part.UNITS), units),
        calendar=np.array([_calendar(area) for area in OfferArea]),
        model=rollout.model_log_hazard(config.model_effect),
        kim=rollout.kim_log_hazard(config.kim_effect),
        start_mean=np.array([_start_means(area) for area in OfferArea]),
        regime=np.array([p.REGIME_EFFECTS[code] for code in LegalRegime]),
        residence=np.array([p.RESIDENCE_EFFECTS[code] for code in ResidenceStatus]),
        age=np.array([p.AGE_EFFECTS[code] for code in AgeGroup]),
        bodies=draw_bodies(generator(config.seed, Part.BODIES), units),
    )


def vacancies_of(config: DemoConfig, where: Places, module: Module) -> Floats:
    """Return the share of a module's posts that vacancies cost, shape ``(kim_units, QUARTERS)``."""
    random = generator(config.seed, Part.VACANCIES, list(Module).index(module))
    return draw_vacancies(random, len(where.kim_units))


def _unit_levels(random: np.random.Generator, units: int) -> Floats:
    level = random.normal(0.0, p.UNIT_SD, (units, 1))
    noise = random.normal(0.0, p.SHOCK_SD, (units, QUARTERS))
    shocks = np.empty_like(noise)
    shocks[:, 0] = noise[:, 0]
    innovation = np.sqrt(1 - p.SHOCK_PERSISTENCE**2)
    for quarter in range(1, QUARTERS):
        carried = p.SHOCK_PERSISTENCE * shocks[:, quarter - 1]
        shocks[:, quarter] = carried + innovation * noise[:, quarter]
    return np.asarray(level + shocks, dtype=np.float64)


def _calendar(area: OfferArea) -> Floats:
    """Return the level of an offer area by quarter.

    Language follows the published yearly means, so only the deviation from the year's own mean is
    added there: what slowed all offices in a year is in the published figure already.
    """
    common = _common_by_quarter()
    if area is OfferArea.LANGUAGE:
        within = common - np.repeat(common.reshape(-1, 4).mean(axis=1), 4)
        return np.asarray(_language_levels() + within, dtype=np.float64)
    level = log_hazard_of_median(p.AREA_MEDIAN_DAYS[area])
    return np.asarray(level + common, dtype=np.float64)


def _language_levels() -> Floats:
    times = [course_times(*year_and_quarter(quarter)) for quarter in range(QUARTERS)]
    return np.array([log_hazard_of_mean(held.days_to_referral) for held in times])


def _common_by_quarter() -> Floats:
    whens = [year_and_quarter(quarter) for quarter in range(QUARTERS)]
    return np.array(
        [
            p.YEARLY_TREND * (year - FIRST_YEAR)
            + (p.SUMMER if quarter == 3 else 0.0)
            + p.QUARTER_EFFECTS.get((year, quarter), 0.0)
            for year, quarter in whens
        ]
    )


def _start_means(area: OfferArea) -> Floats:
    if area is OfferArea.LANGUAGE:
        return np.array([course_times(*year_and_quarter(q)).days_to_start for q in range(QUARTERS)])
    return np.full(QUARTERS, p.AREA_START_MEAN_DAYS[area])
