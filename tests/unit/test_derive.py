"""The clocks and evaluation units that every publication derives."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_tables import (
    AACHEN_REGION,
    AACHEN_TOWN,
    AS_OF,
    KOELN,
    MOERS,
    WESEL,
    case,
    referral,
    rows,
)

from analytics.domain.areas import registry
from analytics.extracts.derive import REPEAT_DAYS, DerivationError, derive

NEED = date(2020, 1, 20)
KEY = bytes(32)
OPEN_DAYS = (AS_OF - NEED).days

Derive = Callable[[pa.Table, pa.Table], Path]


@pytest.fixture
def derived(tmp_path: Path) -> Derive:
    def run(cases: pa.Table, referrals: pa.Table) -> Path:
        pq.write_table(cases, tmp_path / "cases.parquet")
        pq.write_table(referrals, tmp_path / "referrals.parquet")
        derive(tmp_path, registry(), as_of=AS_OF, key=KEY)
        return tmp_path

    return run


def clock(derived: Derive, **values: object) -> dict[str, object]:
    folder = derived(rows("cases", case("c1")), rows("referrals", referral("r1", **values)))
    return pq.read_table(folder / "referral_clock.parquet").to_pylist()[0]


def day(days: int) -> date:
    return NEED + timedelta(days=days)


@pytest.mark.parametrize(
    ("values", "to_referral", "to_start", "referral_to_start"),
    [
        pytest.param({"outcome": "open"}, (OPEN_DAYS, 0), (OPEN_DAYS, 0), (None, None), id="open"),
        pytest.param({}, (OPEN_DAYS, 0), (OPEN_DAYS, 0), (None, None), id="no outcome"),
        pytest.param(
            {"outcome": "referred", "referred_on": day(0)},
            (0, 1),
            (OPEN_DAYS, 0),
            (OPEN_DAYS, 0),
            id="referred on the day of the need",
        ),
        pytest.param(
            {"outcome": "started", "referred_on": day(30), "started_on": day(75)},
            (30, 1),
            (75, 1),
            (45, 1),
            id="started",
        ),
        pytest.param(
            {"outcome": "no_place", "referred_on": day(30), "ended_on": day(90)},
            (30, 1),
            (90, 2),
            (60, 2),
            id="no place after the referral",
        ),
        pytest.param(
            {"outcome": "moved_away", "ended_on": day(12)},
            (12, 2),
            (12, 2),
            (None, None),
            id="ended without referral",
        ),
        pytest.param(
            {
                "outcome": "broken_off",
                "referred_on": day(30),
                "started_on": day(40),
                "ended_on": day(60),
            },
            (30, 1),
            (40, 1),
            (10, 1),
            id="broken off after the start",
        ),
        pytest.param(
            {"outcome": "open", "ended_on": day(12)},
            (OPEN_DAYS, 0),
            (OPEN_DAYS, 0),
            (None, None),
            id="an end that the outcome denies",
        ),
        pytest.param(
            {"outcome": "started", "started_on": day(40)},
            (40, 1),
            (40, 1),
            (0, 1),
            id="a start is a referral at the latest",
        ),
        pytest.param(
            {"outcome": "declined"},
            (OPEN_DAYS, 0),
            (OPEN_DAYS, 0),
            (None, None),
            id="an outcome without its date",
        ),
    ],
)
def test_events_and_days(
    derived: Derive,
    values: dict[str, object],
    to_referral: tuple[int, int],
    to_start: tuple[int, int],
    referral_to_start: tuple[int | None, int | None],
) -> None:
    row = clock(derived, **values)
    assert (row["days_to_referral"], row["referral_event"]) == to_referral
    assert (row["days_to_start"], row["start_event"]) == to_start
    found = (row["days_referral_to_start"], row["start_after_referral_event"])
    assert found == referral_to_start


def test_periods_of_the_need(derived: Derive) -> None:
    row = clock(derived, need_recorded_on=date(2021, 5, 17))
    assert row["need_on"] == date(2021, 5, 17)
    assert row["need_month"] == date(2021, 5, 1)
    assert row["need_quarter"] == date(2021, 4, 1)


@pytest.mark.parametrize(
    ("district", "municipality", "expected"),
    [
        (KOELN, None, (KOELN, None, KOELN, "model")),
        (KOELN, "05315000", (KOELN, "05315000", KOELN, "model")),
        (WESEL, MOERS, (WESEL, MOERS, MOERS, "model")),
        (WESEL, "05170048", (WESEL, "05170048", "05170R", "comparison")),
        (WESEL, None, (WESEL, None, WESEL, "unassigned")),
        (WESEL, "05999999", (WESEL, None, WESEL, "unassigned")),
        (AACHEN_REGION, None, (AACHEN_REGION, None, AACHEN_REGION, "comparison")),
        (AACHEN_TOWN, None, (AACHEN_REGION, AACHEN_TOWN, AACHEN_REGION, "comparison")),
    ],
)
def test_evaluation_unit(
    derived: Derive,
    district: str,
    municipality: str | None,
    expected: tuple[str, str | None, str, str],
) -> None:
    folder = derived(
        rows("cases", case("c1", district, municipality=municipality)),
        rows("referrals", referral("r1", district=district)),
    )
    for table in ("case_clock", "referral_clock"):
        row = pq.read_table(folder / f"{table}.parquet").to_pylist()[0]
        found = (row["district"], row["municipality"], row["unit"], row["unit_group"])
        assert found == expected


@pytest.mark.parametrize(
    ("later_need", "expected"),
    [
        (day(10) + timedelta(days=REPEAT_DAYS), True),
        (day(10) + timedelta(days=REPEAT_DAYS + 1), False),
        (day(11), True),
        (day(10), False),
        (day(5), False),
    ],
)
def test_repeat_counts_needs_after_the_referral_only(
    derived: Derive, later_need: date, expected: bool
) -> None:
    folder = derived(
        rows("cases", case("c1")),
        rows(
            "referrals",
            referral("r1", referred_on=day(10)),
            referral("r2", need_recorded_on=later_need),
            referral("r3", need_recorded_on=day(20), offer_area="housing"),
            referral("r4", case_id="c2", need_recorded_on=day(20)),
        ),
    )
    found = duckdb.sql(f"FROM '{folder}/referral_clock.parquet'").df()
    referred = found[found["referral_event"] == 1]
    assert referred["repeat_within_180"].tolist() == [expected]
    assert found.loc[found["referral_event"] != 1, "repeat_within_180"].isna().all()


def test_repeat_is_unknown_until_the_window_has_passed(derived: Derive) -> None:
    recent = AS_OF - timedelta(days=REPEAT_DAYS - 1)
    folder = derived(
        rows("cases", case("c1")),
        rows(
            "referrals",
            referral("r1", need_recorded_on=recent, referred_on=recent),
            referral("r2", need_recorded_on=AS_OF),
        ),
    )
    found = pq.read_table(folder / "referral_clock.parquet")
    assert found["repeat_within_180"].to_pylist() == [None, None]


def test_a_referral_without_its_case_stays(derived: Derive) -> None:
    folder = derived(rows("cases"), rows("referrals", referral("r1")))
    (row,) = pq.read_table(folder / "referral_clock.parquet").to_pylist()
    assert (row["unit"], row["legal_regime"], row["provider"]) == (KOELN, "unknown", None)


def test_contact_and_reporting_lag(derived: Derive) -> None:
    folder = derived(
        rows("cases", case("c1", first_contact_on=day(-15)), case("c2", first_contact_on=day(3))),
        rows(
            "referrals",
            referral("r1", recorded_on=day(9)),
            referral("r2", case_id="c2", recorded_on=day(-1)),
            referral("r3", case_id="c3"),
        ),
    )
    found = pq.read_table(folder / "referral_clock.parquet")
    assert found["days_contact_to_need"].to_pylist() == [15, None, None]
    assert found["reporting_lag_days"].to_pylist() == [9, 0, None]


def test_case_clock(derived: Derive) -> None:
    opened = date(2020, 2, 10)
    folder = derived(
        rows(
            "cases",
            case("c1", opened_on=opened, closed_on=date(2020, 3, 10), recorded_on=opened),
            case("c2", opened_on=opened),
        ),
        rows("referrals"),
    )
    closed, still_open = pq.read_table(folder / "case_clock.parquet").to_pylist()
    assert (closed["days_open"], closed["is_open"], closed["reporting_lag_days"]) == (29, False, 0)
    assert (still_open["days_open"], still_open["is_open"]) == ((AS_OF - opened).days, True)
    assert closed["opened_month"] == date(2020, 2, 1)
    assert closed["opened_quarter"] == date(2020, 1, 1)


def test_types_are_small(derived: Derive) -> None:
    folder = derived(rows("cases", case("c1")), rows("referrals", referral("r1")))
    schema = pq.read_schema(folder / "referral_clock.parquet")
    assert schema.field("days_to_referral").type == pa.int32()
    assert schema.field("referral_event").type == pa.int8()
    assert schema.field("need_month").type == pa.date32()
    assert schema.field("offer_area").type == pa.string()


def test_rows_are_sorted_and_the_same_bytes(derived: Derive) -> None:
    many = [
        referral(f"r{i}", need_recorded_on=NEED + timedelta(days=(i * 37) % 400))
        for i in range(500)
    ]
    cases, referrals = rows("cases", case("c1")), rows("referrals", *many)
    folder = derived(cases, referrals)
    first = (folder / "referral_clock.parquet").read_bytes()
    months = pq.read_table(folder / "referral_clock.parquet")["need_month"].to_pylist()
    assert months == sorted(months)
    derived(cases, referrals)
    assert (folder / "referral_clock.parquet").read_bytes() == first


@pytest.mark.parametrize(
    ("a_case", "a_referral", "contradiction"),
    [
        (case("c1"), referral("r1", need_recorded_on=AS_OF + timedelta(1)), "clock_below_zero"),
        (case("c1", closed_on=date(2019, 1, 1)), referral("r1"), "closed_before_opened"),
        (case("c1", district="99999"), referral("r1"), "cases_without_clock"),
        (case("c1"), referral("r1", district="99999"), "referrals_without_clock"),
    ],
)
def test_contradictions_are_refused(
    derived: Derive, a_case: dict[str, object], a_referral: dict[str, object], contradiction: str
) -> None:
    with pytest.raises(DerivationError, match=contradiction):
        derived(rows("cases", a_case), rows("referrals", a_referral))


def test_nothing_is_left_beside_the_tables(derived: Derive) -> None:
    folder = derived(rows("cases"), rows("referrals"))
    names = {path.name for path in folder.iterdir()}
    expected = {"cases", "referrals", "case_clock", "referral_clock", "process_clock"}
    assert names == {f"{name}.parquet" for name in expected}


def test_no_clock_runs_where_what_stops_it_is_not_recorded(tmp_path: Path) -> None:
    # Else "not recorded" would read as "nobody was referred", and the state's share with it.
    of = ("referred_on", "started_on", "ended_on", "closed_on")
    cases = [case(name, district) for name, district in (("c1", KOELN), ("c2", WESEL))]
    needs = [
        referral("r1", started_on=day(30)),
        referral("r2", "c2", district=WESEL, referred_on=day(20), started_on=day(30)),
    ]
    pq.write_table(rows("cases", *cases), tmp_path / "cases.parquet")
    pq.write_table(rows("referrals", *needs), tmp_path / "referrals.parquet")

    derive(tmp_path, registry(), as_of=AS_OF, key=KEY, not_recorded={KOELN: frozenset(of)})

    clocks = pq.read_table(tmp_path / "referral_clock.parquet").to_pylist()
    unknown, known = sorted(clocks, key=lambda row: row["district"] == WESEL)
    stopped = (
        "days_to_referral", "referral_event", "days_to_start", "start_event",
        "days_referral_to_start", "start_after_referral_event",
    )  # fmt: skip
    assert [unknown[name] for name in stopped] == [None] * 6
    assert [known[name] for name in stopped] == [20, 1, 30, 1, 10, 1]
    assert (unknown["is_end_recorded"], known["is_end_recorded"]) == (False, True)
    opened = pq.read_table(tmp_path / "case_clock.parquet").to_pylist()
    assert {row["district"]: row["is_open"] for row in opened} == {KOELN: None, WESEL: True}


def test_a_start_still_counts_where_referrals_are_not_recorded(tmp_path: Path) -> None:
    pq.write_table(rows("cases", case("c1")), tmp_path / "cases.parquet")
    pq.write_table(
        rows("referrals", referral("r1", started_on=day(30))), tmp_path / "referrals.parquet"
    )

    derive(
        tmp_path, registry(), as_of=AS_OF, key=KEY, not_recorded={KOELN: frozenset({"referred_on"})}
    )

    (row,) = pq.read_table(tmp_path / "referral_clock.parquet").to_pylist()
    assert (row["days_to_start"], row["start_event"]) == (30, 1)
    assert row["referral_event"] is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"outcome": "no_place", "ended_on": day(9)}, "no_place"),
        ({"outcome": "declined", "referred_on": day(3), "ended_on": day(9)}, "declined"),
        ({"ended_on": day(9)}, "unknown"),
        ({"outcome": "open"}, None),
        ({"outcome": "no_place"}, None),
        ({"outcome": "started", "started_on": day(5)}, None),
        ({"outcome": "broken_off", "started_on": day(5), "ended_on": day(9)}, "broken_off"),
    ],
)
def test_why_a_need_ended(derived: Derive, values: dict[str, object], reason: str | None) -> None:
    assert clock(derived, **values)["end_reason"] == reason
