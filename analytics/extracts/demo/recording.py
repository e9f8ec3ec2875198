"""When rows are entered, and which districts changed their software.

The delay depends on the district and on nothing else: a row that is missing at the data cut is
missing whatever its outcome. The dates inside a row are those known at the data cut.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.calendar import MONTH_STARTS, Days, month_index
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.history import History
from analytics.extracts.demo.parameters import MISSING_FIRST_CONTACT
from analytics.extracts.demo.people import Mask
from analytics.extracts.demo.places import Places
from analytics.extracts.demo.process import Part, Process, generator

CHANGED_DISTRICTS: Final = 4
CHANGE_MONTHS: Final = 9
_CHANGES_BETWEEN: Final = (month_index(2017, 7), month_index(2021, 4))
_SLOWER: Final = 2.5
_MISSING_AFTER_CHANGE: Final = 0.40

_MEDIAN_DELAY: Final = 6.0
_DELAY_SIGMA: Final = 1.1
_DISTRICT_SD: Final = 0.25
_LONGEST_DELAY: Final = 365
_SAME_DAY: Final = 0.15
_CONTACT_DAYS: Final = 12.0


@dataclass(frozen=True)
class SoftwareChanges:
    """Districts whose software changed: place, first day and first day after the transition."""

    district: npt.NDArray[np.int64]
    starts: Days
    ends: Days


@dataclass(frozen=True)
class Recording:
    """Entry dates and what the extract knows, by case and by need.

    ``first_contact`` is valid where ``knows_contact``; ``case_on`` and ``need_on`` are the days on
    which the rows were entered. All days count from 1970.
    """

    case_on: Days
    need_on: Days
    first_contact: Days
    knows_contact: Mask


def draw_changes(process: Process) -> SoftwareChanges:
    """Draw the districts with a software change, none of them with a model site."""
    random = generator(process.config.seed, Part.DISTRICTS)
    where = process.places
    with_model = where.model_districts
    eligible = [index for index, ags in enumerate(where.districts) if ags not in with_model]
    district = np.sort(random.choice(eligible, CHANGED_DISTRICTS, replace=False))
    month = random.integers(*_CHANGES_BETWEEN, CHANGED_DISTRICTS)
    return SoftwareChanges(district, MONTH_STARTS[month], MONTH_STARTS[month + CHANGE_MONTHS])


def draw_recording(process: Process, history: History, changes: SoftwareChanges) -> Recording:
    """Draw when each case and need is entered, and the first contacts."""
    random = generator(process.config.seed, Part.RECORDING)
    people, needs = history.people, history.needs
    district = process.places.district[people.municipality]
    slowness = np.exp(_DISTRICT_SD * random.standard_normal(len(process.places.districts)))
    changed = _in_transition(process.places, changes, district, people.opened)
    case_on = people.opened + _delays(random, slowness[district] * np.where(changed, _SLOWER, 1.0))
    of_need = district[needs.case]
    slow = np.where(_in_transition(process.places, changes, of_need, needs.day), _SLOWER, 1.0)
    need_on = needs.day + _delays(random, slowness[of_need] * slow)
    missing = np.where(changed, _MISSING_AFTER_CHANGE, MISSING_FIRST_CONTACT)
    return Recording(
        case_on=case_on,
        need_on=np.maximum(need_on, case_on[needs.case]),
        first_contact=people.opened
        - random.exponential(_CONTACT_DAYS, len(people)).astype(np.int32),
        knows_contact=random.random(len(people)) >= missing,
    )


def _in_transition(
    places: Places, changes: SoftwareChanges, district: npt.NDArray[np.int64], day: Days
) -> Mask:
    starts = np.full(len(places.districts), MONTH_STARTS[-1])
    ends = starts.copy()
    starts[changes.district], ends[changes.district] = changes.starts, changes.ends
    return np.asarray((starts[district] <= day) & (day < ends[district]), dtype=np.bool_)


def _delays(random: np.random.Generator, slowness: Floats) -> Days:
    noise = np.exp(_DELAY_SIGMA * random.standard_normal(len(slowness)))
    days = np.minimum(_MEDIAN_DELAY * slowness * noise, _LONGEST_DELAY)
    return np.where(random.random(len(days)) < _SAME_DAY, 0, days).astype(np.int32)
