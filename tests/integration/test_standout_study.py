"""The worlds that the search was tried in: made by the code of the page, kept as they came out."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.coverage.population import population, population_of
from analytics.coverage.standout_worlds import KINDS, TWICE, world
from analytics.coverage.studies import FRESH_SEED, STANDOUTS
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.release import Release
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.exploring.promise import NULL, STORED, kept
from analytics.reports.exploring.scan import scan
from analytics.reports.exploring.spans import spans
from analytics.reports.exploring.tables import tables_of
from analytics.stats.search import FAMILIES, search

SMALL, FULL = 20_000, 60_000
VIOLATED = ("rare", "uneven", "few_districts", "heavy_tails")
PLANTED = tuple(kind.name for kind in KINDS if kind.planted)


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    return pq.read_table(STORED).to_pandas()


@pytest.mark.parametrize("cases", [SMALL, FULL])
def test_where_nothing_differs_hardly_anything_is_named(cases: int) -> None:
    found = kept()[NULL, cases]
    assert found.worlds == 200
    assert found.named / found.worlds <= 0.05


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_twice_detectable_is_found(kind: str, stored: pd.DataFrame) -> None:
    found, rest = kept()[kind, FULL], [kept()[each, FULL] for each in PLANTED]
    assert sum(each.found for each in rest) / sum(each.worlds for each in rest) >= 0.80
    # Of sixty worlds: 48 are expected at the least, and chance takes or gives three.
    assert found.found >= 0.80 * found.worlds - 3
    rows = stored[stored["world"] == kind]
    assert rows["size"].abs().to_numpy() == pytest.approx(TWICE * rows["detectable"].to_numpy())


def test_every_family_is_planted_but_that_of_all_needs() -> None:
    assert set(PLANTED) == set(FAMILIES) - {"change"}


@pytest.mark.parametrize("kind", ["change_of_code", "level_of_code"])
def test_a_code_is_hardly_ever_repeated_as_a_pair(kind: str, stored: pd.DataFrame) -> None:
    rows = stored[stored["world"] == kind]
    assert (rows["pairs"] > 0).mean() <= 0.05


def test_few_districts_are_hardly_searched(stored: pd.DataFrame) -> None:
    rows = stored[stored["world"] == "few_districts"]
    assert (rows["compared"] < 100).all()


def test_all_worlds_that_violate_something_are_kept() -> None:
    assert {kind for kind, _ in kept()} == {NULL, *VIOLATED, *PLANTED}


@pytest.mark.parametrize("key", [(NULL, SMALL, FRESH_SEED), ("uneven", FULL, FRESH_SEED + 1)])
def test_a_stored_world_run_again_gives_the_same_row(
    key: tuple[str, int, int], stored: pd.DataFrame
) -> None:
    same = (stored[list(STANDOUTS.keys)] == list(key)).all(axis=1)
    (row,) = STANDOUTS.simulate(*key)
    pd.testing.assert_frame_equal(
        pd.DataFrame([row]), stored[same].reset_index(drop=True), check_dtype=False, rtol=1e-8
    )


@pytest.mark.parametrize("kind", ["change_of_code", "level_of_district"])
def test_what_is_planted_is_found_again(kind: str, stored: pd.DataFrame) -> None:
    rows = stored[(stored["world"] == kind) & stored["found"]]
    (chosen,) = (each for each in KINDS if each.name == kind)
    found = world(chosen, population(FULL), int(rows["seed"].iloc[0]))
    assert found["found"] and found["cell"] == rows["cell"].iloc[0]


@pytest.mark.parametrize("seed", range(3))
def test_the_query_counts_a_world_as_the_arrays_do(demo_store: Path, seed: int) -> None:
    folder = current_folder(demo_store)
    assert folder is not None
    needs = pq.read_table(folder / "referral_clock.parquet").to_pandas()
    inside = needs["need_on"].between(date(2015, 1, 1), date(2019, 12, 31))
    needs = needs[inside].reset_index(drop=True)
    happened = np.random.default_rng(seed).random(len(needs)) < 0.7
    drawn = needs.assign(
        referral_event=np.where(happened, 1, 2).astype(np.int8),
        days_to_referral=np.where(happened, 30, 400).astype(np.int32),
        record_key=pd.array([None] * len(needs), dtype="UInt32"),
    )
    with open_snapshot(folder, Release.CONFIDENTIAL) as store:
        asked = scan(store, indicator("share_referred_90d"), NeedFilter(PROGRAMME),
                     spans(store, PROGRAMME))  # fmt: skip
    with duckdb.connect() as database:
        database.register("drawn", drawn)
        database.execute("CREATE TABLE referral_clock AS FROM drawn")
        for macro in asked.query.macros:
            database.execute(macro)
        counted = database.execute(asked.query.sql, dict(asked.query.params)).df()
    people = population_of(needs, 4_000)
    expected = people.tables(happened)
    found, _ = tables_of(counted, people.parts(), Release.CONFIDENTIAL)
    for part, table in expected.items():
        assert np.array_equal(found[part].cells.all_events, table.cells.all_events), part
        assert np.array_equal(found[part].cells.trials, table.cells.trials), part
        assert np.array_equal(found[part].is_searched, table.is_searched), part
    assert search(found).findings == search(expected).findings
