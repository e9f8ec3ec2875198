"""Hand-overs of four districts, made by hand: what each does not deliver is known."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from small_tables import AS_OF, KOELN, WESEL, rows

from analytics.domain.vocabulary import Provenance
from analytics.extracts.manifest import Delivery
from analytics.extracts.snapshots import SnapshotStore

DUISBURG, ESSEN = "05112", "05113"
"""Duisburg does not deliver whether hand-overs were bound, Essen not who received them."""

FIRST = date(2018, 1, 8)
EACH = 20
"""Hand-overs from each office of a district to each body."""


_AT = datetime(2024, 1, 1, tzinfo=UTC)


def published(
    root: Path, first: date = FIRST, unrecorded: Mapping[str, tuple[str, ...]] = {}
) -> Path:
    """Publish and return the snapshot.

    Args:
        root: Of the store.
        first: Day of the first need.
        unrecorded: Columns of referrals that senders say they do not record; others have no rows.
    """
    cases, needs = [], []
    for district in (KOELN, WESEL, DUISBURG, ESSEN):
        for office in ("job_centre", "integration_centre"):
            for number in range(2 * EACH):
                body = "school" if number % 2 else "integration_course"
                name = f"{district}-{office}-{number}"
                day = first + timedelta(number)
                cases.append(
                    {"case_id": name, "district": district, "opened_on": day, "provider": office}
                )
                needs.append(
                    {
                        "referral_id": name,
                        "case_id": name,
                        "district": district,
                        "offer_area": "language",
                        "need_recorded_on": day,
                        "referred_on": day + timedelta(20),
                        "started_on": None if number % 4 == 3 else day + timedelta(50),
                        "outcome": "referred" if number % 4 == 3 else "started",
                        "receiving_body": None if district == ESSEN else body,
                        "binding_handover": None if district == DUISBURG else number % 3 == 0,
                    }
                )
    store = SnapshotStore(root)
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs)},
        as_of=AS_OF,
        provenance=Provenance.DELIVERED,
        source="test",
        deliveries={
            "referrals": {
                district: Delivery(
                    Provenance.DELIVERED, "needs.csv", _AT, 4 * EACH, unrecorded.get(district, ())
                )
                for district in {KOELN, WESEL, DUISBURG, ESSEN, *unrecorded}
            }
        },
    )
    folder = store.current()
    assert folder is not None
    return folder
