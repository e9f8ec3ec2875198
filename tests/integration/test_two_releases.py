"""The released edition: one figure a cell wherever it is asked for, and nothing off the grid."""

import csv
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from own_files import own_file
from random_questions import answers, decks, presented, questions

from analytics.disclosure import MIN_COUNT
from analytics.disclosure.cells import GRID
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.exports.csv import csv_bytes
from analytics.exports.package import package_files
from analytics.extracts.contract import CASES, REFERRALS
from analytics.i18n import words
from analytics.queries.editions import QUERIES, ClosedQueryError, Told
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.catalogue.figures_catalogue import figure_exhibit, figures
from analytics.reports.catalogue.package_contents import package
from analytics.reports.deck.stories import slides
from analytics.reports.districts.upload import OwnFile, try_out
from analytics.reports.indicators.indicator_values import indicator_values

W = words("en")
ASKED = 200
PRESENTED = 6
OF_PAGES = ("referral_curve_by_group", "referral_trend")
"""Figures that slides show whole."""
KOELN = "05315"
SHARE = "share_referred_90d"
RATE = "cases_per_1000_foreign"
LAG = "reporting_lag_days"
DESK = Path(__file__).parents[1] / "support" / "random_questions.py"


@pytest.fixture(scope="module")
def folder(demo_store: Path) -> Path:
    found = current_folder(demo_store)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def released(folder: Path) -> Iterator[ParquetStore]:
    with open_snapshot(folder, Release.RELEASED) as opened:
        yield opened


@pytest.fixture(scope="module")
def confidential(folder: Path) -> Iterator[ParquetStore]:
    with open_snapshot(folder, Release.CONFIDENTIAL) as opened:
        yield opened


def test_two_processes_give_the_same_figures_in_whatever_order(
    released: ParquetStore, folder: Path
) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(DESK), str(folder), str(ASKED), str(PRESENTED)]
    other = subprocess.run(command, capture_output=True, env=env, check=True)
    # In another order: presentations first.
    shown = presented(released, PRESENTED)
    told = answers(released, ASKED) + shown

    assert json.loads(other.stdout.splitlines()[-1]) == told
    assert len(set(told)) > ASKED / 2  # not all refused alike
    assert len(set(shown)) > PRESENTED / 2


def test_slides_show_the_figures_of_the_pages(released: ParquetStore) -> None:
    compared = 0
    for deck in decks(data_period(released), PRESENTED):
        asked = Asked(period=deck.period, chosen=deck.chosen)
        try:
            told = slides(released, deck, W)
        except RefusedError:
            continue
        for exhibit in (slide.exhibit for slide in told if slide.exhibit):
            if exhibit.id in OF_PAGES:
                page = figure_exhibit(released, exhibit.id, asked, W)
                assert csv_bytes(exhibit, W) == csv_bytes(page, W)
                compared += 1
    assert compared >= PRESENTED


def test_a_cell_has_one_figure_whatever_it_is_broken_down_by(released: ParquetStore) -> None:
    covered = data_period(released)
    draw = random.Random(4)
    for _, by, needs in questions(covered, 400, seed=8):
        if by not in ("sex", "offer_area", "district", "legal_regime") or needs.chosen:
            continue
        table = indicator_values(released, SHARE, by, needs, W).table.frame.set_index("key")
        shown = table[table["status"] == "shown"]
        if shown.empty:
            continue
        code = draw.choice(list(shown.index))
        total = "state" if by != "district" else "district"
        alone = NeedFilter(needs.period, only(**{by: (code,)}))
        one = indicator_values(released, SHARE, total, alone, W).table.frame.iloc[-1]
        assert one["n"] == shown.loc[code, "n"], (by, code, needs)
        assert one["value"] == pytest.approx(shown.loc[code, "value"], abs=1e-12)


def test_package_and_page_show_the_same_figures(released: ParquetStore) -> None:
    files = package_files(package(released, W), W)
    for by in ("group", "district", "offer_area"):
        rows = csv.DictReader(io.StringIO(files[f"data/indicators_by_{by}.csv"].decode("utf-8")))
        packed = {row["key"]: row["value"] for row in rows if row["indicator"] == SHARE}
        page = indicator_values(released, SHARE, by, NeedFilter(data_period(released)), W)
        for _, row in page.table.frame.iterrows():
            value = packed[row["key"]]
            assert (value == "") == pd.isna(row["value"])
            assert value == "" or float(value) == pytest.approx(row["value"], abs=1e-9)


def test_the_command_shows_the_figures_of_the_page(
    released: ParquetStore, demo_store: Path
) -> None:
    command = [
        sys.executable, "-m", "analytics", "indicator", SHARE, "--by", "group", "--format", "json",
        "--from", "2017-01", "--to", "2019-12", "--store", str(demo_store), "--release", "released",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    found = json.loads(said.stdout)
    assert found["release"] == "released"
    rows = {row["key"]: row for row in found["values"]}
    page = indicator_values(
        released, SHARE, "group", NeedFilter(Period.parse("2017-01", "2019-12")), W
    )
    for _, row in page.table.frame.iterrows():
        assert rows[row["key"]]["n"] == row["n"]
        assert rows[row["key"]]["value"] == pytest.approx(row["value"], abs=1e-9)


def test_every_count_is_near_the_truth_and_many_differ(
    released: ParquetStore, confidential: ParquetStore
) -> None:
    needs = NeedFilter(data_period(released))
    both = [
        indicator_values(store, SHARE, "district", needs, W).table.frame.set_index("key")["n"]
        for store in (released, confidential)
    ]
    apart = (both[0] - both[1]).dropna()
    assert apart.abs().max() <= 3 and (apart != 0).mean() > 0.5 and abs(apart.mean()) < 1


def test_the_states_totals_lie_within_three(
    released: ParquetStore, confidential: ParquetStore
) -> None:
    needs = NeedFilter(data_period(released))
    for by in ("state", "group", "offer_area", "quarter"):
        n = [
            indicator_values(store, SHARE, by, needs, W).table.frame["n"].to_numpy()
            for store in (released, confidential)
        ]
        assert np.nanmax(np.abs(n[0] - n[1])) <= 3


@pytest.mark.parametrize(
    ("by", "needs"),
    [
        ("district", NeedFilter(Period.parse("2015-01", "2015-04"))),
        ("state", NeedFilter(Period.parse("2017-01", "2019-12"), only(sex=("female", "male")))),
        (
            "district",
            NeedFilter(
                Period.parse("2017-01", "2019-12"), only(sex=("female",), legal_regime=("sgb2",))
            ),
        ),
    ],
)
def test_what_is_off_the_grid_is_refused_in_words(
    released: ParquetStore, confidential: ParquetStore, by: str, needs: NeedFilter
) -> None:
    assert len(indicator_values(confidential, SHARE, by, needs, W).table.frame)
    with pytest.raises(RefusedError, match=r"[Rr]eleased"):
        indicator_values(released, SHARE, by, needs, W)


def test_closed_queries_give_nothing(released: ParquetStore) -> None:
    for query in QUERIES[Told.CLOSED]:
        with pytest.raises(ClosedQueryError):
            released.fetch(query)


def test_the_confidential_edition_does_not_hold_the_keys(
    released: ParquetStore, confidential: ParquetStore
) -> None:
    params = NeedFilter(data_period(released)).params() | {
        "by": "district", "clock": "referral", "across": "state", "split_by_unit": False,
        "until": None, "settled": False, "needs_ends": False, "last_day": None,
    }  # fmt: skip
    assert confidential.fetch("clock_counts", params)["needs_key"].isna().all()
    assert released.fetch("clock_counts", params)["needs_key"].notna().all()


def test_queries_count_released_needs_up_to_the_days_that_are_told() -> None:
    macro = (files("analytics.queries") / "macros" / "told_day.sql").read_text("utf-8")
    with duckdb.connect() as database:
        database.execute(macro)
        found = database.sql(
            "SELECT days, told_day(days, NULL, 7::UINTEGER) AS told, "
            "told_day(days, 100, 7::UINTEGER) AS cut, told_day(days, 100, NULL) AS own "
            "FROM range(9000) AS d (days) ORDER BY days"
        ).df()
    place = np.minimum(np.searchsorted(GRID, found["days"]), len(GRID) - 1)
    assert (found["told"] == GRID[place]).all()
    assert (found["cut"].head(101) == np.minimum(GRID[place], 100)[:101]).all()
    assert (found["own"] == found["days"]).all()


def test_one_hand_over_has_one_key_whichever_of_its_clocks_is_asked_for(folder: Path) -> None:
    clock = duckdb.read_parquet(str(folder / "process_clock.parquet"))
    keys = {
        process: clock.filter(f"process = '{process}'").project("record_key").df()["record_key"]
        for process in ("answer", "returned", "kept", "decision", "implementation")
    }
    assert keys["returned"].size > keys["kept"].size > 0
    assert set(keys["returned"]) | set(keys["kept"]) <= set(keys["answer"])
    assert set(keys["implementation"]) <= set(keys["decision"])
    assert keys["answer"].nunique() > keys["answer"].size - 5


def test_record_keys_are_spread_evenly_and_differ_between_stores(folder: Path) -> None:
    table = folder / "referral_clock.parquet"
    keys = duckdb.read_parquet(str(table)).select("record_key").fetchnumpy()["record_key"]
    shares = np.histogram(keys, bins=8, range=(0, 2**32))[0] / len(keys)
    assert np.abs(shares - 1 / 8).max() < 5 * np.sqrt(1 / 8 / len(keys))


@pytest.mark.parametrize("release", Release)
def test_every_file_says_for_whom_it_is(
    released: ParquetStore, confidential: ParquetStore, release: Release
) -> None:
    store = {Release.RELEASED: released, Release.CONFIDENTIAL: confidential}[release]
    exhibit = figure_exhibit(store, "referral_measures", Asked(), W)
    assert W(f"release.mark_{release}") in exhibit.source.text


def test_uploaded_rows_change_nothing_but_their_own_district(
    demo_store: Path, folder: Path, released: ParquetStore
) -> None:
    needs = NeedFilter(Period.parse("2021-01", "2023-12"))
    two = own_file(demo_store, CASES.name, KOELN, lambda rows: rows.slice(0, 2))
    tried = try_out(folder, [two], KOELN)
    assert tried.store is not None
    try:
        for by in ("state", "group", "offer_area", "quarter"):
            frames = [
                indicator_values(store, SHARE, by, needs, W).table.frame
                for store in (tried.store, released)
            ]
            pd.testing.assert_frame_equal(*frames)
        own, all_released = (
            indicator_values(store, SHARE, "district", needs, W).table.frame.set_index("key")
            for store in (tried.store, released)
        )
        others = all_released.index != KOELN
        pd.testing.assert_frame_equal(own.loc[others, list(all_released)], all_released[others])
    finally:
        tried.store.close()


@pytest.mark.parametrize("indicator_id", [SHARE, "median_days_to_referral", RATE, LAG])
def test_ones_own_rows_are_shown_however_few_and_all_others_as_released(
    demo_store: Path, folder: Path, released: ParquetStore, indicator_id: str
) -> None:
    covered = data_period(released)
    some = own_file(demo_store, CASES.name, KOELN, lambda rows: rows.slice(1, 1))
    tried = try_out(folder, [some, _needs_of(demo_store, some)], KOELN)
    assert tried.store is not None
    with tried.store as own_store:
        own, others = (
            indicator_values(store, indicator_id, "district", NeedFilter(covered), W).table.frame
            for store in (own_store, released)
        )
        is_own = own["key"] == KOELN
        row = own[is_own].iloc[0]
        assert 0 < row["n"] < MIN_COUNT
        assert row["status"] in ("shown", "not_reached")
        is_of_others = others["key"] != KOELN
        told = others[is_of_others].to_csv(index=False)
        assert own[~is_own][list(others)].to_csv(index=False) == told
        if indicator_id == RATE:
            return
        alone = NeedFilter(covered, only(district=(KOELN,)))
        for by in ("state", "quarter"):
            frame = indicator_values(own_store, indicator_id, by, alone, W).table.frame
            assert frame["n"].sum() == row["n"] and "suppressed" not in set(frame["status"])


def test_the_curve_of_ones_own_rows_is_whole_beside_the_released_ring(
    demo_store: Path, folder: Path, released: ParquetStore
) -> None:
    some = own_file(demo_store, CASES.name, KOELN, lambda rows: rows.slice(1, 1))
    tried = try_out(folder, [some, _needs_of(demo_store, some)], KOELN)
    assert tried.store is not None
    with tried.store as own_store:
        asked = Asked(district=KOELN, period=data_period(released))
        own, told = (
            figure_exhibit(store, "district_curve", asked, W).table.frame.set_index("series")
            for store in (own_store, released)
        )
        assert own.loc[["own"], "at_risk"].max() < MIN_COUNT
        pd.testing.assert_frame_equal(own.loc[["peers"], list(told)], told.loc[["peers"]])
        for each in figures().values():
            if each.page == "district/profile":
                with suppress(RefusedError):  # parts of the waiting time are not released
                    each.make(own_store, asked, W)


def _needs_of(root: Path, cases: OwnFile) -> OwnFile:
    """Return the needs of the cases in a file."""
    content = cases.source.content
    assert content is not None
    known = {row["case_id"] for row in csv.DictReader(io.StringIO(content.decode()))}
    return own_file(
        root,
        REFERRALS.name,
        KOELN,
        lambda rows: rows.filter(pc.is_in(rows["case_id"], pa.array(sorted(known)))),
    )


@pytest.mark.parametrize("by", ["group", "offer_area", "legal_regime", "quarter"])
def test_shares_and_waits_of_many_needs_are_not_off(
    released: ParquetStore, confidential: ParquetStore, by: str
) -> None:
    needs = NeedFilter(Period.parse("2017-01", "2019-12"))
    for name, whole in ((SHARE, 1), ("restricted_mean_days_180", 180)):
        told, true = (
            indicator_values(store, name, by, needs, W).table.frame
            for store in (released, confidential)
        )
        n = true["n"].where(true["value"].notna() & told["value"].notna()).fillna(0)
        off = (told["value"] - true["value"]).fillna(0)
        # Both counts of a share may be off by 3; what is rounded adds half a point or day.
        assert (off.abs() <= whole * (6 / n.clip(lower=1) + 0.01)).all()
        assert abs((off * n).sum() / n.sum()) <= whole * 0.005
