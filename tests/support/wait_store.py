"""A snapshot of all evaluation units whose needs are those of ``wait_worlds``."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from small_tables import AS_OF, rows
from wait_worlds import BODIES, QUARTERS, Change, rows_of

from analytics.domain.areas import registry
from analytics.domain.evaluation import model_starts
from analytics.domain.periods import Month
from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.stats.imputation import NEVER

CODES = ("integration_course", "counselling_service", "authority", "employer")
UNITS = tuple(unit.code for unit in registry().evaluation_units)
assert len(CODES) == BODIES


def starts() -> list[int]:
    """Return the first quarter of each unit that changes, counted from 2015 on."""
    first = model_starts()
    return [_quarter(first[code]) if code in first else NEVER for code in UNITS]


def quarter_start(number: int) -> date:
    return date(2015 + number // 4, 1 + 3 * (number % 4), 1)


def needs_of(change: Change, seed: int, size: int) -> pd.DataFrame:
    """Return the needs with their dates; those of a quarter are spread over its first 60 days."""
    needs = rows_of(change, seed, starts=starts(), size=size)
    number = np.arange(len(needs))
    recorded = [
        quarter_start(quarter) + timedelta(int(place))
        for quarter, place in zip(needs["quarter"], number % 60, strict=True)
    ]
    return needs.assign(recorded=recorded, code=[UNITS[unit] for unit in needs["unit"]])


def publish(root: Path, needs: pd.DataFrame) -> Path:
    """Publish the needs and return the snapshot's folder."""
    cases, referrals = [], []
    places = {unit.code: (unit.district, _municipality(unit.code)) for unit in
              registry().evaluation_units}  # fmt: skip
    for name, need in enumerate(needs.itertuples()):
        district, municipality = places[need.code]
        known = {"case_id": str(name), "district": district}
        cases.append({**known, "municipality": municipality, "opened_on": need.recorded})
        handed = None if np.isnan(need.referred) else need.recorded + timedelta(int(need.referred))
        stopped = need.recorded + timedelta(int(need.days))
        # What lies after the cut has not happened yet.
        handed = handed if handed and handed <= AS_OF else None
        is_over = stopped <= AS_OF
        referrals.append(
            {
                **known,
                "referral_id": str(name),
                "offer_area": "language",
                "need_recorded_on": need.recorded,
                "referred_on": handed,
                "started_on": stopped if is_over and need.event == 1 else None,
                "ended_on": stopped if is_over and need.event == 2 else None,
                "outcome": ("open", "started", "declined")[need.event if is_over else 0],
                "receiving_body": CODES[need.body] if handed else None,
                "binding_handover": (True, False, None)[need.way] if handed else None,
            }
        )
    store = SnapshotStore(root)
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *referrals)},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
    )
    found = store.current()
    assert found is not None
    return found


def _quarter(month: Month) -> int:
    return min((month.year - 2015) * 4 + (month.number - 1) // 3, QUARTERS)


def _municipality(code: str) -> str | None:
    unit = registry().unit(code)
    if unit.kind == "town":
        return code
    if unit.kind == "district":
        return None
    towns = {each.code for each in registry().evaluation_units if each.kind == "town"}
    inside = (m.ags for m in registry().municipalities if m.district == unit.district)
    return next(ags for ags in inside if ags not in towns)
