"""A hand-made snapshot with every evaluation unit, a known effect and a pool that runs out.

Ten needs a unit and quarter from 2015 to the middle of 2022, so that each one referred in time
counts a tenth. Half of them are referred within 90 days; of the model sites four in ten before the
programme and six from its start on; everywhere two more after the start of KIM's module 2. A third
of the units has one more, a third one less, in every quarter alike; one comparison unit wavers from
2018 on, so that standard errors are not zero.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pyarrow as pa
from small_tables import AS_OF, rows

from analytics.domain.areas import registry
from analytics.domain.evaluation import COMMON_START
from analytics.domain.vocabulary import Group, Milestone, Module, Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore

NEEDS: Final = 10
QUARTERS: Final = tuple(date(2015 + n // 4, 1 + 3 * (n % 4), 1) for n in range(30))
EARLY, MIDDLE, LATE = date(2020, 10, 1), date(2021, 4, 1), date(2022, 1, 1)
LATE_DISTRICTS: Final = 4
"""Fewer than an estimate needs: from the middle start on, every cell must be refused."""
FEW_UNIT, FEW_QUARTER, FEW = "05170024", date(2015, 1, 1), 4
"""Moers has so few needs in its first quarter that nothing may be told of it."""
WAVERING_UNIT: Final = "05914"

_BASE: Final = 5
_EARLY_DISTRICTS: Final = 30


def staggered() -> dict[str, date]:
    """Return the start of each district: most early, some later, four when the pool is empty."""
    areas = registry()
    split = set(areas.split_districts)
    whole = [area.ags for area in areas.districts if area.ags not in split]
    late = set(whole[-LATE_DISTRICTS:])
    others = [area.ags for area in areas.districts if area.ags not in late]
    starts = {ags: EARLY if i < _EARLY_DISTRICTS else MIDDLE for i, ags in enumerate(others)}
    return starts | dict.fromkeys(late, LATE)


def at_once() -> dict[str, date]:
    """Return the same start for every district."""
    return {area.ags: EARLY for area in registry().districts}


def opened(root: Path, starts: Mapping[str, date]) -> ParquetStore:
    """Return the opened snapshot that ``publish`` makes."""
    folder = SnapshotStore(publish(root, starts)).current()
    assert folder is not None
    return ParquetStore(folder)


def publish(root: Path, starts: Mapping[str, date]) -> Path:
    """Publish the snapshot whose districts start module 2 on these days and return the store."""
    cases, referrals = _needs(starts)
    tables = {
        "cases": rows("cases", *cases),
        "referrals": rows("referrals", *referrals),
        "rollout": rows("rollout", *(_started(*each) for each in starts.items())),
        "posts": _posts(starts),
        "population": _population(),
    }
    store = SnapshotStore(root)
    store.publish(tables, as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test")
    return root


def _needs(starts: Mapping[str, date]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    cases, referrals = [], []
    towns = {unit.code for unit in registry().evaluation_units if unit.kind == "town"}
    for place, unit in enumerate(registry().evaluation_units):
        municipality = _municipality(unit.district, unit.code, towns)
        for number, quarter in enumerate(QUARTERS):
            few = unit.code == FEW_UNIT and quarter == FEW_QUARTER
            fast = _fast(place, unit.group, quarter, starts.get(unit.district))
            fast += unit.code == WAVERING_UNIT and quarter.year >= 2018 and number % 4 == 0
            for index in range(FEW if few else NEEDS):
                name = f"{unit.code}-{number}-{index}"
                day = quarter + timedelta(7 * index)
                referred = day + timedelta(30 if index < fast else 120)
                place_of = {"district": unit.district, "municipality": municipality}
                cases.append({"case_id": name, **place_of, "opened_on": day, "recorded_on": day})
                referrals.append(
                    {
                        "referral_id": name,
                        "case_id": name,
                        "district": unit.district,
                        "offer_area": "language" if index % 2 else "education",
                        "need_recorded_on": day,
                        "referred_on": referred,
                        "outcome": "referred",
                        "recorded_on": day,
                    }
                )
    return cases, referrals


def _fast(place: int, group: Group, quarter: date, kim: date | None) -> int:
    """Return how many of ten needs are referred in time."""
    programme = 0
    if group is Group.MODEL:
        programme = 1 if quarter >= COMMON_START.first_day else -1
    started = 2 if kim is not None and quarter >= kim else 0
    return _BASE + programme + started + place % 3 - 1


def _municipality(district: str, code: str, towns: set[str]) -> str | None:
    if code in towns:
        return code
    if code == district:
        return None
    inside = (m.ags for m in registry().municipalities if m.district == district)
    return next(ags for ags in inside if ags not in towns)


def _started(district: str, day: date) -> dict[str, object]:
    return {
        "unit": district,
        "module": Module.CASE_MANAGEMENT.value,
        "milestone": Milestone.STARTED.value,
        "planned_on": day,
        "reached_on": day,
    }


def _posts(starts: Mapping[str, date]) -> pa.Table:
    given = [
        {
            "unit": district,
            "module": Module.CASE_MANAGEMENT.value,
            "quarter": quarter,
            "fte_funded": 9.0,
            "fte_filled": 1.0 + place % 7,
        }
        for place, district in enumerate(starts)
        for quarter in QUARTERS
        if quarter >= EARLY
    ]
    return rows("posts", *given)


def _population() -> pa.Table:
    given = [
        {
            "district": area.ags,
            "reference_date": day,
            "population": 200_000 + 10_000 * place,
            "foreign_population": (20_000 + 1_000 * place) + 500 * years * (place % 5),
            "foreign_share": (0.1 + 0.001 * place) + 0.002 * years * (place % 5),
            "series": "population_update",
            "source": "test",
        }
        for place, area in enumerate(registry().districts)
        for years, day in enumerate((date(2014, 12, 31), date(2016, 12, 31), date(2021, 12, 31)))
    ]
    return rows("population", *given)
