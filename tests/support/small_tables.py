"""Small contract tables for tests; rows name only the columns that matter."""

from datetime import date

import pyarrow as pa

from analytics.extracts.contract import TABLES

AS_OF = date(2023, 12, 31)

KOELN = "05315"
WESEL = "05170"
MOERS = "05170024"
AACHEN_REGION = "05334"
AACHEN_TOWN = "05334002"


def rows(table: str, *given: dict[str, object]) -> pa.Table:
    """Return a contract table; columns that a row does not name are NULL."""
    return pa.Table.from_pylist(list(given), schema=TABLES[table].schema)


def case(case_id: str, district: str = KOELN, **values: object) -> dict[str, object]:
    return {"case_id": case_id, "district": district, "opened_on": date(2020, 1, 10), **values}


def referral(referral_id: str, case_id: str = "c1", **values: object) -> dict[str, object]:
    return {
        "referral_id": referral_id,
        "case_id": case_id,
        "district": KOELN,
        "offer_area": "language",
        "need_recorded_on": date(2020, 1, 20),
        **values,
    }
