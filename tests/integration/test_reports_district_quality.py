"""A district's data quality equals own counts; small ones stay hidden; repairs follow the rule."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from small_tables import case, referral, rows

from analytics.charts.quality_ranges import quality_ranges
from analytics.domain.areas import UnknownAreaError, registry
from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.findings_table import FINDINGS_SCHEMA
from analytics.extracts.manifest import Delivery
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts import quality_course, quality_lag
from analytics.reports.districts.delivered_fields import fields
from analytics.reports.districts.quality_course import PROMPT, course
from analytics.reports.districts.quality_findings import contradictions, objections
from analytics.reports.districts.quality_lag import lag
from analytics.reports.districts.repairs import repairs

DE = words("de")
KOELN, LIPPE, WESEL, ESSEN, MOERS = "05315", "05766", "05170", "05113", "05170024"
_TOWNS = {WESEL: MOERS}
DISTRICTS = [area.ags for area in registry().districts]


def opened(root: Path) -> ParquetStore:
    folder = SnapshotStore(root).current()
    assert folder is not None
    return ParquetStore(folder)


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> Iterator[ParquetStore]:
    with opened(demo_store) as store:
        yield store


def table(store: ParquetStore, name: str) -> pd.DataFrame:
    frame = pd.read_parquet(store.folder / f"{name}.parquet")
    return frame.assign(district=frame["district"].str[:5])


def _cases(district: str, places: int, sexes: int, ages: int) -> list[dict[str, object]]:
    return [
        case(
            f"{district}-{n}",
            district,
            municipality=_TOWNS.get(district, f"{district}000") if n < places else None,
            provider="jobcenter" if n < places else None,
            sex="female" if n < sexes else "unknown",
            age_group="a25_34" if n < ages else None,
            closed_on=date(2021, 1, 1) if n < 100 else None,
        )
        for n in range(200)
    ]


def _finding(district: str, rule: str, count: int) -> dict[str, object]:
    return {
        "table": "cases",
        "district": district,
        "rule": rule,
        "severity": "warning",
        "field": "closed_on",
        "count": count,
        "delivered_at": datetime(2024, 1, 5, 12, tzinfo=UTC).replace(tzinfo=None),
    }


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root = tmp_path_factory.mktemp("store")
    filled = _cases(KOELN, 100, 190, 191)
    for district, places in ((WESEL, 160), (ESSEN, 180), (LIPPE, 190)):
        filled += _cases(district, places, 200, 200)
    needs = [
        referral(f"r{n}", f"{KOELN}-{n}", outcome="open" if n < 20 else "no_place")
        for n in range(50)
    ]
    needs += [
        referral(
            f"s{n}",
            f"{KOELN}-{100 + n}",
            outcome="started",
            started_on=date(2020, 3, 1),
            referred_on=date(2020, 2, 1) if n < 10 else None,
        )
        for n in range(20)
    ]
    found = [_finding(KOELN, "duplicate_key", 6), _finding(KOELN, "sudden_volume", 3)]
    delivery = Delivery(Provenance.DELIVERED, "f.csv", datetime(2024, 1, 5, tzinfo=UTC), 200)
    SnapshotStore(root).publish(
        {
            "cases": rows("cases", *filled),
            "referrals": rows("referrals", *needs),
            "comparability": pa.Table.from_pylist([], TABLES["comparability"].schema),
            "findings": pa.Table.from_pylist(found, FINDINGS_SCHEMA),
        },
        as_of=date(2023, 12, 31),
        provenance=Provenance.SYNTHETIC,
        source="test",
        deliveries={"cases": {KOELN: delivery, WESEL: delivery}},
    )
    with opened(root) as store:
        yield store


class TestFields:
    def test_shares_are_those_of_an_own_count(self, demo: ParquetStore):
        frame = fields(demo, KOELN, DE).table.frame.set_index("key")
        needs = table(demo, "referrals")
        referred = needs[(needs["district"] == KOELN) & needs["referred_on"].notna()]
        row = frame.loc["referrals.binding_handover"]
        assert row["n"] == len(referred)
        assert row["value"] == pytest.approx(referred["binding_handover"].notna().mean())

    def test_no_shown_share_stands_for_one_to_four(self, demo: ParquetStore):
        statuses: set[str] = set()
        for district in DISTRICTS:
            frame = fields(demo, district, DE).table.frame
            shown = frame[frame["status"] == "shown"]
            events = (shown["value"] * shown["n"]).round()
            assert not events.between(1, 4).any()
            assert not (shown["n"] - events).between(1, 4).any()
            assert frame.loc[frame["status"] == "suppressed", ["value", "n"]].isna().all(axis=None)
            statuses |= set(frame["status"])
        assert {"shown", "suppressed"} <= statuses

    def test_the_others_are_the_other_districts_quartiles(self, tiny: ParquetStore):
        row = fields(tiny, KOELN, DE).table.frame.set_index("key").loc["cases.municipality"]
        expected = np.quantile([0.8, 0.9, 0.95], [0.25, 0.5, 0.75])
        assert row["value"] == 0.5
        assert row[["others_low", "others_mid", "others_high"]].tolist() == pytest.approx(expected)

    def test_an_unknown_district_is_refused(self, tiny: ParquetStore):
        with pytest.raises(UnknownAreaError):
            fields(tiny, "99999", DE)


class TestCourse:
    def test_quarters_are_those_of_an_own_count(self, demo: ParquetStore):
        clock = table(demo, "referral_clock").dropna(subset=["reporting_lag_days"])
        prompt = clock["reporting_lag_days"].le(30)
        quarters = pd.to_datetime(clock["need_quarter"])
        frame = course(demo, KOELN, PROMPT, DE).table.frame
        chosen = {"own": clock["district"] == KOELN, "all": clock["district"].notna()}
        for series, rows_of in chosen.items():
            shares = prompt[rows_of].groupby(quarters[rows_of]).mean()
            shown = frame[(frame["series"] == series) & (frame["status"] == "shown")]
            assert len(shown) > 0
            assert shown["value"].tolist() == pytest.approx(shares[shown["period"]].tolist())

    def test_no_quarter_is_told_by_subtraction(self, demo: ParquetStore):
        parts = [course(demo, d, PROMPT, DE).table.frame.assign(district=d) for d in DISTRICTS]
        own = pd.concat(parts).query("series == 'own'")
        events = (own["value"] * own["n"]).round()
        assert not events.between(1, 4).any()
        assert not (own["n"] - events).between(1, 4).any()
        hidden = own["status"] == "suppressed"
        assert hidden.any()
        assert 1 not in set(hidden.groupby(own["period"]).sum())
        assert 1 not in set(hidden.groupby(own["district"]).sum())

    def test_only_promptness_has_provisional_quarters(self, demo: ParquetStore):
        frame = course(demo, KOELN, PROMPT, DE).table.frame
        latest = frame["period"].max()
        assert frame.loc[frame["period"] == latest, "provisional"].all()
        assert not frame["provisional"].all()
        assert not course(demo, KOELN, "cases.sex", DE).table.frame["provisional"].any()

    def test_contradictions_have_a_course_of_their_own(self, tiny: ParquetStore):
        frame = course(tiny, KOELN, "contradiction.closed_with_open_need", DE).table.frame
        own = frame[(frame["series"] == "own") & (frame["status"] == "shown")]
        # 20 are open, and 30 ended at a date that nobody recorded: the clock has them open, too.
        assert own[["value", "n"]].to_numpy().tolist() == [[0.5, 100]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("module", "value"), [(quality_course, 1.0), (quality_lag, 4.0)])
def test_equal_bounds_are_told_as_one_number(module: ModuleType, value: float, language: Language):
    own = {"series": "own", "status": Status.SHOWN.value, "n": 20}
    even = pd.DataFrame([own | {"value": value}, own | {"value": value}])
    uneven = even.assign(value=[value / 2, value])
    w = words(language)
    form = w.days if module is quality_lag else lambda share: w.percent(share, 1)
    assert module._sentence(even, w).count(form(value)) == 1
    assert form(value / 2) in module._sentence(uneven, w)


class TestLag:
    def test_medians_are_those_of_an_own_count(self, demo: ParquetStore):
        clock = table(demo, "referral_clock").dropna(subset=["reporting_lag_days"])
        quarters = pd.to_datetime(clock["need_quarter"])
        frame = lag(demo, KOELN, DE).table.frame
        for series, chosen in {
            "own": clock["district"] == KOELN,
            "all": clock["unit"].notna(),
        }.items():
            medians = clock[chosen].groupby(quarters[chosen])["reporting_lag_days"].median()
            shown = frame[(frame["series"] == series) & (frame["status"] == "shown")]
            assert len(shown) > 0
            assert shown["value"].tolist() == medians[shown["period"]].tolist()

    def test_few_needs_have_no_median_and_none_is_told_by_subtraction(self, demo: ParquetStore):
        parts = [lag(demo, d, DE).table.frame.assign(district=d) for d in DISTRICTS]
        own = pd.concat(parts).query("series == 'own'")
        assert own.loc[own["status"] == "shown", "n"].min() >= 10
        hidden = own["status"] == "suppressed"
        assert hidden.any()
        assert 1 not in set(hidden.groupby(own["period"]).sum())
        assert 1 not in set(hidden.groupby(own["district"]).sum())

    def test_without_dates_of_entry_the_title_says_so(self, tiny: ParquetStore):
        shown = lag(tiny, KOELN, DE)
        assert shown.title == DE("report_quality.lag_title_none", place="Köln")

    def test_the_newest_quarter_is_provisional(self, demo: ParquetStore):
        frame = lag(demo, KOELN, DE).table.frame
        assert frame.loc[frame["period"] == frame["period"].max(), "provisional"].all()
        assert not frame["provisional"].all()


class TestFindings:
    def test_counts_below_five_are_hidden(self, tiny: ParquetStore):
        frame = objections(tiny, KOELN, DE).table.frame
        counts = frame.set_index("key")["value"].to_dict()
        assert counts["cases.duplicate_key.closed_on"] == 6
        assert np.isnan(counts["cases.sudden_volume.closed_on"])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_delivered_is_not_nothing_found(self, tiny: ParquetStore, language: Language):
        w = words(language)
        clean, missing = (objections(tiny, district, w).title for district in (WESEL, ESSEN))
        assert clean == w("report_quality.objections_clean", place="Kreis Wesel")
        assert missing == w("report_quality.objections_not_delivered", place="Essen")

    def test_contradictions_are_counted(self, tiny: ParquetStore):
        frame = contradictions(tiny, KOELN, DE).table.frame.set_index("key")
        assert frame.loc["outcome_without_date.own", ["value", "n"]].tolist() == [0.6, 50]
        assert frame.loc["start_without_referral.own", ["value", "n"]].tolist() == [0.5, 20]
        assert frame.loc["closed_with_open_need.own", ["value", "n"]].tolist() == [0.5, 100]
        assert frame.loc["closed_with_open_need.others", ["value", "n"]].tolist() == [0, 300]

    @pytest.mark.parametrize(
        ("given", "is_open"),
        [
            ({"outcome": None, "ended_on": date(2020, 6, 1)}, False),
            ({"outcome": "no_place", "ended_on": date(2020, 6, 1)}, False),
            ({"outcome": "open", "ended_on": date(2020, 6, 1)}, True),
            ({"outcome": "no_place", "ended_on": None}, True),
            ({"outcome": None, "ended_on": None}, True),
            ({"outcome": None, "referred_on": date(2020, 6, 1)}, False),
            ({"outcome": "open", "started_on": date(2020, 6, 1)}, False),
        ],
    )
    def test_a_need_is_open_here_as_it_is_on_the_clock(
        self, tmp_path: Path, given: dict[str, object], *, is_open: bool
    ):
        cases = [case(f"c{n}", KOELN, closed_on=date(2021, 1, 1)) for n in range(20)]
        needs = [referral(f"r{n}", f"c{n}", district=KOELN, **given) for n in range(20)]
        SnapshotStore(tmp_path).publish(
            {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs)},
            as_of=date(2023, 12, 31),
            provenance=Provenance.SYNTHETIC,
            source="test",
        )
        with opened(tmp_path) as store:
            frame = store.fetch("quality_by_quarter", {"prompt_days": 14})
            on_clock = (table(store, "referral_clock")["referral_event"] == 0).sum()
        found = frame.set_index("measure").loc["contradiction.closed_with_open_need"]
        assert found[["expected", "filled"]].tolist() == [20, 20 * is_open]
        assert on_clock == 20 * is_open

    @pytest.mark.parametrize(
        ("missing", "left"),
        [
            ((), {"closed_with_open_need", "outcome_without_date", "start_without_referral"}),
            (("referred_on",), {"outcome_without_date"}),
            (("ended_on",), {"outcome_without_date", "start_without_referral"}),
            (("started_on", "ended_on", "referred_on"), set()),
        ],
    )
    def test_dates_that_are_not_recorded_contradict_nothing(
        self, tmp_path: Path, missing: tuple[str, ...], left: set[str]
    ):
        cases = [case(f"c{n}", KOELN, closed_on=date(2021, 1, 1)) for n in range(3)]
        given = [
            {"outcome": "started"},
            {"outcome": "no_place"},
            {"started_on": date(2020, 6, 1), "outcome": "started"},
        ]
        needs = [referral(f"r{n}", f"c{n}", district=KOELN, **each) for n, each in enumerate(given)]
        at = datetime(2024, 1, 1, tzinfo=UTC)
        sent = Delivery(Provenance.DELIVERED, "needs.csv", at, 3, not_recorded=missing)
        SnapshotStore(tmp_path).publish(
            {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs)},
            as_of=date(2023, 12, 31),
            provenance=Provenance.DELIVERED,
            source="test",
            deliveries={"referrals": {KOELN: sent}},
        )
        with opened(tmp_path) as store:
            frame = store.fetch("quality_by_quarter", {"prompt_days": 14})
        measures = frame["measure"]
        found = measures[measures.str.startswith("contradiction.")]
        assert set(found.str.removeprefix("contradiction.")) == left


class TestRepairs:
    def test_gains_by_hand(self, tiny: ParquetStore):
        frame = repairs(tiny, KOELN, DE).table.frame
        # (0.9 - 0.5) * 200 and (1 - 0.95) * 200; of the age groups only 9 rows are missing. As many
        # municipalities as providers are missing, but Köln is no district with a model town.
        assert frame[["key", "value"]].to_numpy().tolist() == [
            ["cases.provider", 80],
            ["cases.sex", 10],
        ]

    def test_the_municipality_counts_where_a_model_town_has_to_be_told(self, tiny: ParquetStore):
        frame = repairs(tiny, WESEL, DE).table.frame
        assert frame[["key", "value"]].to_numpy().tolist() == [
            ["cases.municipality", 20],
            ["cases.provider", 20],
        ]

    def test_late_entry_counts_with_the_needs_of_a_quarter(self, tmp_path: Path):
        days = date(2020, 1, 20), date(2020, 4, 20)
        needs = [
            referral(
                f"{district}-{day}-{n}",
                district=district,
                need_recorded_on=day,
                recorded_on=day + timedelta(days=90 if district == KOELN and n < 75 else 5),
            )
            for district in (KOELN, LIPPE, ESSEN)
            for day in days
            for n in range(100)
        ]
        SnapshotStore(tmp_path).publish(
            {"referrals": rows("referrals", *needs)},
            as_of=date(2023, 12, 31),
            provenance=Provenance.SYNTHETIC,
            source="test",
        )
        with opened(tmp_path) as store:
            frame = repairs(store, KOELN, DE).table.frame
        # (1 - 0.25) of the 100 needs of each quarter, not of all 200.
        assert frame[["key", "value"]].to_numpy().tolist() == [["referrals.prompt", 75]]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_repair_is_told_with_its_use_and_its_way(
        self, tiny: ParquetStore, language: Language
    ):
        w = words(language)
        said = repairs(tiny, KOELN, w).sentence
        for name in ("provider", "case_mix"):
            assert w(f"report_quality.why_{name}") in said
            assert w(f"report_quality.how_{name}") in said

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_worth_repairing_is_said(self, tiny: ParquetStore, language: Language):
        w = words(language)
        shown = repairs(tiny, LIPPE, w)
        assert shown.table.frame.empty
        assert shown.title == w("report_quality.repairs_title_none", place="Kreis Lippe")


class TestChart:
    def test_protected_fields_are_marked_at_the_edge_and_bars_hold_the_quartiles(
        self, demo: ParquetStore
    ):
        exhibits = (fields(demo, district, DE) for district in DISTRICTS)
        shown = next(e for e in exhibits if "suppressed" in set(e.table.frame["status"]))
        figure = quality_ranges(shown, DE)
        frame = shown.table.frame
        bars, _, *marks = figure.data
        assert list(bars.x[0::3]) == pytest.approx(frame["others_low"].tolist(), nan_ok=True)
        assert list(bars.x[1::3]) == pytest.approx(frame["others_high"].tolist(), nan_ok=True)
        hidden = [x for mark in marks if "text" in mark.mode for x in mark.x]
        assert len(hidden) == (frame["status"] != "shown").sum()
        assert set(hidden) == {figure.layout.xaxis.range[0]}
        own = [x for mark in marks if mark.mode == "markers" for x in mark.x]
        assert sorted(own) == pytest.approx(sorted(frame["value"].dropna()))
