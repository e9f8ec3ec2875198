"""Snapshots of needs of people with properties: who, where, after how many days, how it ended."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from small_tables import AS_OF, case, referral, rows

from analytics.domain.vocabulary import Provenance
from analytics.extracts.manifest import Delivery
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore

PLACES = ("05111", "05315", "05515", "05711", "05911", "05913")
NEED_ON = date(2018, 2, 1)
_WITHOUT_ENDS = Delivery(
    Provenance.DELIVERED, "list.csv", datetime(2024, 1, 1, tzinfo=UTC), 1, ("ended_on",)
)


@dataclass(frozen=True)
class People:
    """Several equal needs of people who are alike, each of a case of its own."""

    count: int
    district: str
    days: int
    outcome: str = "started"
    area: str = "language"
    on: date = NEED_ON
    person: Mapping[str, str] = field(default_factory=dict)


def publish_people(
    root: Path, given: Iterable[People], silent: Iterable[str] = ()
) -> AbstractContextManager[ParquetStore]:
    """Return the opened snapshot of these needs; an offer starts on the day of its referral.

    Args:
        root: Of the store.
        given: The needs.
        silent: Districts that do not record when needs end.
    """
    cases, referrals = [], []
    for number, people in enumerate(given):
        day = people.on + timedelta(people.days)
        dates: dict[str, object] = {"ended_on": day}
        if people.outcome == "started":
            dates = {"referred_on": day, "started_on": day}
        if people.outcome == "open":
            dates = {}
        for index in range(people.count):
            name = f"c{number}-{index}"
            cases.append(case(name, people.district, opened_on=people.on, **people.person))
            referrals.append(
                referral(
                    f"r{number}-{index}", name, district=people.district, offer_area=people.area,
                    need_recorded_on=people.on, outcome=people.outcome, **dates,
                )
            )  # fmt: skip
    snapshots = SnapshotStore(root)
    snapshots.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *referrals)},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
        deliveries={"referrals": dict.fromkeys(silent, _WITHOUT_ENDS)},
    )
    folder = snapshots.current()
    assert folder is not None
    return ParquetStore(folder)
