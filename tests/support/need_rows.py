"""Snapshots of a few hand-made needs: who, when, after how many days, how it ended."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from small_tables import AS_OF, WESEL, case, referral, rows

from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore

MODEL, COMPARISON, SPLIT = "05913", "05911", WESEL
"""Dortmund is a model unit, Bochum a comparison unit; Wesel holds the model town Moers."""


@dataclass(frozen=True)
class Needs:
    """Several equal needs, each of a case of its own; ``referred`` and ``ended`` count days.

    After ``next_after`` days each case has a second need, for housing, which stays open.
    """

    count: int
    district: str = COMPARISON
    on: date = date(2018, 2, 1)
    referred: int | None = None
    started: int | None = None
    ended: int | None = None
    contact_before: int | None = None
    area: str = "language"
    provider: str | None = "job_centre"
    municipality: str | None = None
    recorded_after: int = 0
    next_after: int | None = None


def _later(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days)


def _outcome(needs: Needs) -> str:
    if needs.started is not None:
        return "started"
    if needs.ended is not None:
        return "no_place"
    return "open" if needs.referred is None else "referred"


def publish(root: Path, given: Sequence[Needs]) -> AbstractContextManager[ParquetStore]:
    """Return the opened snapshot of these needs."""
    cases, referrals = [], []
    for number, needs in enumerate(given):
        for index in range(needs.count):
            name = f"c{number}-{index}"
            cases.append(
                case(
                    name,
                    needs.district,
                    opened_on=needs.on,
                    first_contact_on=needs.on - timedelta(needs.contact_before or 0),
                    provider=needs.provider,
                    municipality=needs.municipality,
                )
            )
            referrals.append(
                referral(
                    f"r{number}-{index}",
                    name,
                    district=needs.district,
                    offer_area=needs.area,
                    need_recorded_on=needs.on,
                    referred_on=_later(needs.on, needs.referred),
                    started_on=_later(needs.on, needs.started),
                    ended_on=_later(needs.on, needs.ended),
                    outcome=_outcome(needs),
                    recorded_on=_later(needs.on, needs.recorded_after),
                )
            )
            if next_on := _later(needs.on, needs.next_after):
                following = {"need_recorded_on": next_on, "recorded_on": next_on}
                open_one = {"district": needs.district, "offer_area": "housing", "outcome": "open"}
                referrals.append(referral(f"n{number}-{index}", name, **following, **open_one))
    snapshots = SnapshotStore(root)
    snapshots.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *referrals)},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
    )
    folder = snapshots.current()
    assert folder is not None
    return ParquetStore(folder)
