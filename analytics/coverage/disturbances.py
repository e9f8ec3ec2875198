"""The ways in which the reality of a simulated world may violate what is assumed.

Each function takes the size of a violation and returns a ``Disturbance``. "There" are the units
that a
programme reaches: model sites, or districts as KIM starts in them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.coverage.reach import NEVER, Reach
from analytics.domain.area_types import DistrictKind
from analytics.domain.areas import registry
from analytics.domain.evaluation import Design
from analytics.domain.vocabulary import OfferArea, ResidenceStatus
from analytics.extracts.demo.calendar import QUARTERS, month_index
from analytics.extracts.demo.disturbance import Disturbance
from analytics.extracts.demo.needs import Needs
from analytics.extracts.demo.people import Mask, People, draw_regimes
from analytics.extracts.demo.process import Part, Process, generator
from analytics.geography.neighbours import neighbours_of
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_WAVE: Final = (month_index(2015, 10) // 3, month_index(2016, 9) // 3)
_SLOW_YEAR: Final = slice(month_index(2016, 1) // 3, month_index(2016, 12) // 3 + 1)
_SLOW_AREAS: Final = (OfferArea.EDUCATION, OfferArea.LABOUR_MARKET, OfferArea.HOUSING)
_EASY_AREAS: Final = (OfferArea.HEALTH, OfferArea.FAMILY, OfferArea.OTHER)
_REPLACED: Final = (ResidenceStatus.ASYLUM_PROCEDURE, ResidenceStatus.TOLERATED)


def _shifted(change: Callable[[Process], Floats]) -> Disturbance:
    """Add to the level of each unit and quarter, on the log hazard of referral."""
    return Disturbance(
        process=lambda process: replace(process, unit_level=process.unit_level + change(process))
    )


def drift(reach: Reach, yearly: float) -> Disturbance:
    """Units there have a trend of their own since 2015; in KIM the units that start early.

    Args:
        reach: Where.
        yearly: Log hazard a year.
    """

    def change(process: Process) -> Floats:
        years = np.arange(QUARTERS) / QUARTERS_A_YEAR
        return _drifting(reach, process)[:, None] * yearly * years[None, :]

    return _shifted(change)


def _drifting(reach: Reach, process: Process) -> Mask:
    starts = reach.starts(process)
    if reach.design is Design.MODEL_PROJECT:
        return np.asarray(starts < NEVER)
    return np.asarray(starts < np.median(starts))


def dip(reach: Reach, depth: float) -> Disturbance:
    """Units there are slower by ``depth``, a negative log hazard, the year before they start."""

    def change(process: Process) -> Floats:
        start = reach.starts(process)[:, None] // 3
        quarter = np.arange(QUARTERS)[None, :]
        return np.where((start - QUARTERS_A_YEAR <= quarter) & (quarter < start), depth, 0.0)

    return _shifted(change)


def wave(reach: Reach, depth: float) -> Disturbance:
    """Units there were hit harder by the wave of 2015/16 (October 2015 to September 2016)."""

    def change(process: Process) -> Floats:
        in_wave = np.zeros(QUARTERS)
        in_wave[_WAVE[0] : _WAVE[1] + 1] = depth
        return _drifting(reach, process)[:, None] * in_wave[None, :]

    return _shifted(change)


def displacement(reach: Reach, loss: float) -> Disturbance:
    """Units that border on one there become slower from the first start on."""

    def change(process: Process) -> Floats:
        after = np.arange(QUARTERS)[None, :] >= reach.first_quarter(process)
        return np.where(_bordering(process)[:, None] & after, loss, 0.0)

    return _shifted(change)


def _bordering(process: Process) -> Mask:
    """Say which units without a site border on a district with one, or surround one."""
    sites = process.places.model_districts
    near = {other.ags for site in sites for other in neighbours_of(site)} | sites
    units = registry().evaluation_units
    is_near = [unit.district in near for unit in units]
    return np.asarray(is_near) & ~process.places.is_model


def cities(reach: Reach, gain: float) -> Disturbance:
    """All cities become faster from the first start on, whether they take part or not."""
    kinds = {district.ags: district.kind for district in registry().districts}

    def change(process: Process) -> Floats:
        is_city = [
            kinds[u.district] is DistrictKind.INDEPENDENT_CITY for u in registry().evaluation_units
        ]
        after = np.arange(QUARTERS)[None, :] >= reach.first_quarter(process)
        return np.where(np.array(is_city)[:, None] & after, gain, 0.0)

    return _shifted(change)


def selected(spread: float, persistence: float) -> Disturbance:
    """The sites were chosen because they were slow in 2016, and shocks fade slowly.

    Args:
        spread: Standard deviation of the shocks that last, on the log hazard.
        persistence: Share of a shock that is left after a quarter.
    """

    def change(process: Process) -> Process:
        random = generator(process.config.seed, Part.DISTURBANCE)
        shocks = np.empty_like(process.unit_level)
        shocks[:, 0] = random.normal(0.0, spread, len(shocks))
        for quarter in range(1, QUARTERS):
            fresh = random.normal(0.0, spread * np.sqrt(1 - persistence**2), len(shocks))
            shocks[:, quarter] = persistence * shocks[:, quarter - 1] + fresh
        slow_first = np.argsort(shocks[:, _SLOW_YEAR].mean(1))
        is_model = process.places.is_model
        order = np.empty(len(shocks), dtype=np.int64)
        order[is_model] = slow_first[: is_model.sum()]
        order[~is_model] = slow_first[is_model.sum() :]
        return replace(process, unit_level=process.unit_level + shocks[order])

    return Disturbance(process=change)


def heavy_tails(spread: float) -> Disturbance:
    """Shocks of units and quarters come from a t distribution with two degrees of freedom."""

    def change(process: Process) -> Floats:
        random = generator(process.config.seed, Part.DISTURBANCE)
        return np.clip(spread * random.standard_t(2, process.unit_level.shape), -2.0, 2.0)

    return _shifted(change)


def other_people(reach: Reach, share: float) -> Disturbance:
    """EU citizens come instead of ``share`` of the asylum seekers and tolerated people there."""
    codes = list(ResidenceStatus)

    def change(process: Process, people: People) -> People:
        random = generator(process.config.seed, Part.DISTURBANCE)
        unit = process.places.unit[people.municipality]
        is_there = people.month >= reach.starts(process)[unit]
        others = np.isin(people.residence, [codes.index(status) for status in _REPLACED])
        moved = is_there & others & (random.random(len(people)) < share)
        residence = np.where(moved, codes.index(ResidenceStatus.EU_CITIZEN), people.residence)
        drawn = draw_regimes(random, residence)
        return replace(
            people,
            residence=residence.astype(np.int8),
            regime=np.where(moved, drawn, people.regime).astype(np.int8),
        )

    return Disturbance(people=change)


def easier_needs(reach: Reach, share: float) -> Disturbance:
    """Needs of slow offer areas become, in ``share``, needs of fast ones there."""
    areas = list(OfferArea)

    def change(process: Process, people: People, needs: Needs) -> Needs:
        random = generator(process.config.seed, Part.DISTURBANCE)
        is_slow = np.isin(needs.area, [areas.index(area) for area in _SLOW_AREAS])
        chosen = random.random(len(needs)) < share
        moved = reach.there(process, people, needs) & is_slow & chosen
        easy = random.choice([areas.index(area) for area in _EASY_AREAS], len(needs))
        return replace(needs, area=np.where(moved, easy, needs.area).astype(np.int8))

    return Disturbance(needs=change)
