"""When the programmes reach which unit, and how many posts are filled: a synthetic tranche model.

Published starts are kept (``PUBLISHED_STARTS`` and the model sites' own in ``programme.toml``);
every other date is drawn, consistent with what is visible: early movers in 2020 among the former
model districts, most districts from May to October 2021, some in 2022, posts filled until 2023, but
not everywhere.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.domain.programme import facts
from analytics.extracts.demo.calendar import MONTHS, month_index
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.parameters import (
    KIM_LOG_HAZARD,
    KIM_RAMP_MONTHS,
    MODEL_LOG_HAZARD,
    MODEL_RAMP_MONTHS,
)
from analytics.extracts.demo.places import Places
from analytics.extracts.demo.posts import CaseManagement, staff_case_management

Months = npt.NDArray[np.int64]

# Sources, by their numbers in programme.toml: Bielefeld 53, Mettmann 52, Minden-Lübbecke 60 (first
# payment), Köln 62, Städteregion Aachen 65, Gütersloh 67.
PUBLISHED_STARTS: Final = {
    "05711": (2020, 8),
    "05158": (2021, 5),
    "05770": (2021, 2),
    "05315": (2021, 10),
    "05334": (2021, 10),
    "05754": (2021, 8),
}
# One start for both units of the Städteregion, so that the district has one start date.
_WITH_ANOTHER: Final = {"05334002": "05334"}

_MODEL_STARTS: Final = tuple(month_index(2017, month) for month in (4, 5, 6, 7))
_EARLY: Final = tuple(month_index(2020, month) for month in (9, 10, 11, 12))
_MAIN: Final = tuple(month_index(2021, month) for month in (5, 6, 7, 8, 9, 10))
_LATE: Final = tuple(month_index(2022, month) for month in (2, 4, 5, 7, 8, 10))
_MORE_EARLY_UNITS: Final = 3
_LATE_SHARE: Final = 0.18


@dataclass(frozen=True)
class Rollout:
    """The programmes' course, for units and KIM units in the order of ``Places``.

    Attributes:
        model_start: Month of each unit's model start, -1 without, shape ``(units,)``.
        kim_start: Month in which case management (module 2) starts, shape ``(kim_units,)``.
        staff: Posts of case management.
    """

    model_start: Months
    kim_start: Months
    staff: CaseManagement

    def model_growth(self) -> Floats:
        """Return how far the model programme's effect has grown, 0 to 1, ``(units, MONTHS)``.

        It grows from the month of the start and stays after the programme's end.
        """
        growth = _growth(self.model_start, MODEL_RAMP_MONTHS)
        return np.where(self.model_start[:, None] < 0, 0.0, growth)

    def kim_growth(self) -> Floats:
        """Return how far KIM's effect has grown, 0 to 1, shape ``(kim_units, MONTHS)``.

        Growth since the start times the share of posts filled in the quarter.
        """
        filled = np.repeat(self.staff.filled_share(), 3, axis=1)
        return np.asarray(_growth(self.kim_start, KIM_RAMP_MONTHS) * filled, dtype=np.float64)

    def model_log_hazard(self, effect: float) -> Floats:
        """Return the model programme's effect on the log hazard, shape ``(units, MONTHS)``."""
        return effect * MODEL_LOG_HAZARD * self.model_growth()

    def kim_log_hazard(self, effect: float) -> Floats:
        """Return KIM's effect on the log hazard, shape ``(kim_units, MONTHS)``."""
        return effect * KIM_LOG_HAZARD * self.kim_growth()


def draw_rollout(generator: np.random.Generator, places: Places, vacancies: Floats) -> Rollout:
    """Draw the dates and posts that are not published; ``vacancies`` cost case management posts."""
    model_start = _model_starts(generator, places)
    kim_start = _kim_starts(generator, places)
    staff = staff_case_management(generator, kim_start // 3, places.kim_foreign(), vacancies)
    return Rollout(model_start, kim_start, staff)


def _growth(start: Months, ramp: int) -> Floats:
    since = np.arange(MONTHS)[None, :] - start[:, None] + 1
    return np.clip(since / ramp, 0.0, 1.0)


def _model_starts(generator: np.random.Generator, places: Places) -> Months:
    published = _published_model_starts()
    drawn = generator.choice(_MODEL_STARTS, len(places.units))
    starts = [
        published.get(unit, int(month)) for unit, month in zip(places.units, drawn, strict=True)
    ]
    return np.where(places.is_model, np.array(starts, dtype=np.int64), -1)


def _published_model_starts() -> dict[str, int]:
    dated = {site.ags: site.start.first_day for site in facts().sites if site.start is not None}
    return {ags: month_index(day.year, day.month) for ags, day in dated.items()}


def _kim_starts(generator: np.random.Generator, places: Places) -> Months:
    size = len(places.kim_units)
    is_former = np.array([unit in places.model_districts for unit in places.kim_units])
    order = generator.permutation(np.flatnonzero(~is_former))
    late = round(_LATE_SHARE * size)
    tranche = np.full(size, 1)
    tranche[is_former] = 0
    tranche[order[:_MORE_EARLY_UNITS]] = 0
    tranche[order[len(order) - late :]] = 2
    drawn = np.stack([generator.choice(months, size) for months in (_EARLY, _MAIN, _LATE)])
    starts = drawn[tranche, np.arange(size)]
    fixed = {unit: month_index(*when) for unit, when in PUBLISHED_STARTS.items()}
    keys = [_WITH_ANOTHER.get(unit, unit) for unit in places.kim_units]
    return np.array(
        [fixed.get(key, int(start)) for key, start in zip(keys, starts, strict=True)],
        dtype=np.int64,
    )
