"""Population of the flat format, beside what is known of the same day."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import POPULATION
from analytics.extracts.readers import read
from analytics.extracts.readers.delivery import Aside

FILE = Path(__file__).parents[1] / "fixtures" / "deliveries" / "sent" / "g01_ffcsv_new.csv"
LIPPE, KOELN = "05766", "05315"


def in_force(share: float | None) -> pa.Table:
    row = {
        "district": LIPPE,
        "reference_date": dt.date(2022, 12, 31),
        "population": 348_000,
        "foreign_population": None if share is None else 43_500,
        "foreign_share": share,
        "series": "population_update",
        "source": "AI002-1",
    }
    return pa.Table.from_pylist([row], POPULATION.schema)


def checked(district: str | None, share: float | None = 0.125) -> CheckResult:
    return check(
        read(FILE, POPULATION),
        as_of=dt.date(2023, 12, 31),
        registry=registry(),
        district=district,
        previous=in_force(share),
    )


@pytest.mark.parametrize("district", [LIPPE, None])
def test_the_known_share_of_foreigners_stays(district: str | None) -> None:
    rows = {row["district"]: row for row in checked(district).accepted.to_pylist()}

    assert rows[LIPPE]["population"] == 350_000
    assert rows[LIPPE]["foreign_share"] == 0.125
    assert rows[LIPPE]["foreign_population"] == 43_800
    assert rows[LIPPE]["source"] == "AI002-1; 12411 (ffcsv)"


def test_without_a_known_share_there_is_none() -> None:
    (row,) = checked(LIPPE, share=None).accepted.to_pylist()

    assert row["foreign_share"] is None and row["foreign_population"] is None


def test_other_districts_of_the_file_are_counted_and_no_mistake() -> None:
    own, every = checked(LIPPE), checked(None)

    assert (own.rows, own.rows_accepted, own.findings) == (1, 1, ())
    assert own.facts is not None
    assert dict(own.facts.aside)[Aside.OTHER_AREA] == 1
    assert set(every.accepted["district"].to_pylist()) == {LIPPE, KOELN}
