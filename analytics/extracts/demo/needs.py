"""The needs of the cases and what becomes of each: referred, started, ended otherwise, open."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.domain.vocabulary import OfferArea
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.calendar import Days, day_number, month_of
from analytics.extracts.demo.clock import LONGEST_DAYS, Floats, latent_days, other_end_days
from analytics.extracts.demo.people import Codes, Mask, People
from analytics.extracts.demo.process import Process

_MEAN_DAYS_TO_NEED = 25.0


@dataclass(frozen=True)
class Needs:
    """Needs recorded by the data cut; all arrays have shape ``(n,)``.

    Attributes:
        case: Index of the case.
        area: Place of the offer area in the vocabulary.
        day: Day the need was recorded, days since 1970.
        month: Month of that day.
        is_later: Whether it follows an earlier need of the case in the same area.
    """

    case: npt.NDArray[np.int32]
    area: Codes
    day: Days
    month: npt.NDArray[np.int16]
    is_later: Mask

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: npt.NDArray[np.int64]) -> "Needs":
        """Return the needs at ``rows``."""
        return Needs(
            self.case[rows],
            self.area[rows],
            self.day[rows],
            self.month[rows],
            self.is_later[rows],
        )


@dataclass(frozen=True)
class Clocks:
    """Latent whole days from the need to each event, shape ``(n,)``; the first one counts.

    A referral or start on the same day as another end counts as reached.
    """

    referral: Days
    start: Days
    other_end: Days

    @property
    def is_referred(self) -> Mask:
        """Say which needs are referred before another end."""
        return self.referral <= self.other_end

    @property
    def is_started(self) -> Mask:
        """Say which needs start before another end."""
        return self.start <= self.other_end

    @property
    def is_without_place(self) -> Mask:
        """Say which needs would never start, once referred."""
        return np.asarray(self.start - self.referral >= LONGEST_DAYS)

    def take(self, rows: npt.NDArray[np.int64]) -> "Clocks":
        """Return the clocks at ``rows``."""
        return Clocks(self.referral[rows], self.start[rows], self.other_end[rows])


def first_needs(random: np.random.Generator, process: Process, people: People) -> Needs:
    """Draw the needs that a case brings: distinct offer areas, at least one."""
    shares = np.array([p.AREA_SHARES[area] for area in OfferArea], dtype=np.float32)
    has_need = random.random((len(people), len(shares)), dtype=np.float32) < shares
    has_need[~has_need.any(axis=1), list(OfferArea).index(OfferArea.LANGUAGE)] = True
    case, area = np.nonzero(has_need)
    lag = random.exponential(_MEAN_DAYS_TO_NEED, len(case)).astype(np.int32)
    return _recorded(process, case, area, people.opened[case] + lag, later=False)


def later_needs(
    random: np.random.Generator, process: Process, people: People, needs: Needs, clocks: Clocks
) -> Needs:
    """Draw the second need in the same area where the first referral did not fit."""
    share = repeat_share(process, people, needs)
    is_repeat = clocks.is_referred & (random.random(len(needs)) < share)
    rows = np.flatnonzero(is_repeat)
    gap = random.integers(*p.REPEAT_GAP_DAYS, len(rows), dtype=np.int32)
    day = needs.day[rows] + clocks.referral[rows] + gap
    return _recorded(process, needs.case[rows], needs.area[rows], day, later=True)


def repeat_share(process: Process, people: People, needs: Needs) -> Floats:
    """Return the probability that a first referral does not fit, 0 for later needs."""
    odds = np.exp(p.REPEAT_LOGIT + p.REPEAT_GAIN * intensity(process, people, needs))
    return np.where(needs.is_later, 0.0, odds / (1 + odds))


def log_hazard(process: Process, people: People, needs: Needs, *, model: bool, kim: bool) -> Floats:
    """Return the log hazard of referral with the programmes switched on or off, shape ``(n,)``."""
    where = process.places
    town = people.municipality[needs.case]
    quarter = needs.month // 3
    eta = process.calendar[needs.area, quarter] + process.unit_level[where.unit[town], quarter]
    eta += process.regime[people.regime[needs.case]]
    eta += process.residence[people.residence[needs.case]]
    eta += process.age[people.age[needs.case]]
    if model:
        eta += process.model[where.unit[town], needs.month]
    if kim:
        eta += process.kim[where.kim_unit[town], needs.month]
    return eta


def intensity(process: Process, people: People, needs: Needs, *, model: bool = True) -> Floats:
    """Return how strongly the programmes act on each need, 1.0 for one at full effect.

    Without ``model`` it is KIM alone.
    """
    town = people.municipality[needs.case]
    of_kim = process.kim[process.places.kim_unit[town], needs.month] / p.KIM_LOG_HAZARD
    if not model:
        return np.asarray(of_kim, dtype=np.float64)
    of_model = process.model[process.places.unit[town], needs.month] / p.MODEL_LOG_HAZARD
    return np.asarray(of_model + of_kim, dtype=np.float64)


def chained_needs(
    random: np.random.Generator, process: Process, people: People, needs: Needs, clocks: Clocks
) -> Needs:
    """Draw the need in the next area to which an offer that has begun leads.

    Only into an area where the case has no need: so it neither repeats one nor is repeated.
    """
    leads = clocks.is_started & (random.random(len(needs)) < p.CHAIN_SHARE)
    gap = random.integers(*p.CHAIN_GAP_DAYS, len(needs), dtype=np.int32)
    areas = list(OfferArea)
    area = np.array([areas.index(p.NEXT_AREA[area]) for area in areas])[needs.area]
    key = needs.case.astype(np.int64) * len(areas)
    leads &= ~np.isin(key + area, key + needs.area)
    rows = np.flatnonzero(leads)
    # Two offers of a case may lead to the same area: one need comes of it.
    rows = rows[np.unique((key + area)[rows], return_index=True)[1]]
    day = needs.day[rows] + clocks.start[rows] + gap[rows]
    return _recorded(process, needs.case[rows], area[rows], day, later=True)


def draw_referrals(random: np.random.Generator, eta: Floats) -> tuple[Days, Floats, Days]:
    """Draw the latent days to referral and to another end, and between them the pace of a start."""
    referral = latent_days(random, eta).astype(np.int32)
    pace = np.exp(p.START_SIGMA * random.standard_normal(len(eta)) - p.START_SIGMA**2 / 2)
    return referral, pace, other_end_days(random, len(eta)).astype(np.int32)


def _recorded(
    process: Process,
    case: npt.NDArray[np.signedinteger],
    area: npt.NDArray[np.signedinteger],
    day: Days,
    *,
    later: bool,
) -> Needs:
    rows = np.flatnonzero(day <= day_number(process.config.as_of))
    day = day[rows]
    return Needs(
        case=case[rows].astype(np.int32),
        area=area[rows].astype(np.int8),
        day=day,
        month=month_of(day),
        is_later=np.full(len(rows), later),
    )
