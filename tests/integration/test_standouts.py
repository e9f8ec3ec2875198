"""What stands out in the demonstration data: language first, equal to the raw rows, protected."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, NeedFilter, only
from analytics.domain.indicators import indicator
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.exploring.scan import Scan, scan
from analytics.reports.exploring.searched import searched, share_of
from analytics.reports.exploring.spans import spans
from analytics.reports.exploring.standouts import standouts
from analytics.reports.exploring.tables import DISTRICT, FIELDS, QUARTER
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.movements import movements
from analytics.stats.cell_contrasts import BEFORE, LEAST_NEEDS, LEAST_OF_EACH, NOW

SHARE = "share_referred_90d"
NEEDS = NeedFilter(PROGRAMME)
OF_ALL = FIELDS[:-1]
W = words("en")


@pytest.fixture(scope="module")
def folder(demo_store: Path) -> Path:
    found = current_folder(demo_store)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def confidential(folder: Path) -> Iterator[ParquetStore]:
    with open_snapshot(folder, Release.CONFIDENTIAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def released(folder: Path) -> Iterator[ParquetStore]:
    with open_snapshot(folder, Release.RELEASED) as opened:
        yield opened


@pytest.fixture(params=list(Release))
def store(
    request: pytest.FixtureRequest, confidential: ParquetStore, released: ParquetStore
) -> ParquetStore:
    return released if request.param is Release.RELEASED else confidential


@pytest.fixture(scope="module")
def rows(folder: Path) -> pd.DataFrame:
    """The raw rows with what the search asks of them, computed without it."""
    needs = pq.read_table(folder / "referral_clock.parquet").to_pandas()
    needs = needs[needs["days_to_referral"].notna() & (needs["need_on"] >= date(2015, 1, 1))]
    needs = needs[needs["need_on"] < date(2020, 1, 1)]
    event = (needs["referral_event"] == 1) & (needs["days_to_referral"] <= 90)
    filled = needs[[*OF_ALL]].fillna(UNKNOWN)
    return needs.assign(
        **filled,
        event=event,
        now=needs["need_on"] >= date(2017, 1, 1),
        quarter=pd.to_datetime(needs["need_quarter"]).dt.strftime("%Y-%m-%d"),
    )


def found_scan(store: ParquetStore) -> Scan:
    return scan(store, indicator(SHARE), NEEDS, spans(store, PROGRAMME))


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_comes_first(store: ParquetStore, language: Language) -> None:
    w = words(language)
    found = standouts(store, SHARE, NEEDS, w)
    first = found.table.frame.iloc[0]
    assert (first["family"], first["rows"], first["row_code"]) == (
        "change_of_code", "offer_area", "language",
    )  # fmt: skip
    assert first["value"] == pytest.approx(-0.17, abs=0.05)
    assert first["high"] < 0
    assert w.label("offer_area", "language") in found.title


def test_the_numbers_are_those_of_the_raw_rows(
    confidential: ParquetStore, rows: pd.DataFrame
) -> None:
    frame = standouts(confidential, SHARE, NEEDS, W).table.frame
    own = rows[(rows["offer_area"] == "language") & (rows["unit_group"] != "unassigned")]
    shares = own.groupby("now")["event"].mean()
    first = frame.iloc[0]
    assert first["value"] == pytest.approx(shares[True] - shares[False])
    assert first[["now", "usual"]].tolist() == pytest.approx([shares[True], shares[False]])
    assert first["n"] == own["now"].sum()


def test_every_cell_counts_what_pandas_counts(
    confidential: ParquetStore, rows: pd.DataFrame
) -> None:
    tables = found_scan(confidential)
    assigned = rows[rows["unit_group"] != "unassigned"]
    parts = [(), *((name,) for name in (*OF_ALL, DISTRICT, QUARTER)), *combinations(OF_ALL, 2)]
    assert set(tables.tables) == set(parts)
    for part in parts:
        counted = rows if part == (DISTRICT,) else assigned
        cells = tables.tables[part].cells
        by_hand = counted.groupby([*part, "now"] if part != (QUARTER,) else [QUARTER])["event"]
        expected = by_hand.agg(["sum", "count"])
        assert cells.all_trials.sum() == len(counted)
        for key, row in expected.iterrows():
            labels = key if isinstance(key, tuple) else (key,)
            period = NOW if part == (QUARTER,) or labels[-1] else BEFORE
            codes = labels if part == (QUARTER,) else labels[:-1]
            shape = [len(tables.codes[name]) for name in part]
            at = [tables.codes[n].index(c) for n, c in zip(part, codes, strict=True)]
            cell = int(np.ravel_multi_index(at, shape)) if part else 0
            assert cells.all_events[period, cell] == row["sum"]
            assert cells.all_trials[period, cell] == row["count"]


def test_what_is_shown_is_large_and_certain(store: ParquetStore) -> None:
    frame = standouts(store, SHARE, NEEDS, W).table.frame
    assert ((frame["low"] > 0) | (frame["high"] < 0)).all()
    assert (frame["n"] >= LEAST_NEEDS).all()
    assert (frame["n"] * np.minimum(frame["now"], 1 - frame["now"]) > LEAST_OF_EACH - 1).all()
    assert (frame["status"] == Status.SHOWN).all()
    assert not frame[["row_code", "column_code"]].isin([UNKNOWN]).any(axis=None)


def test_a_released_cell_has_the_figure_that_it_has_elsewhere(released: ParquetStore) -> None:
    tables = found_scan(released)
    cells = tables.tables["offer_area",].cells
    shown = indicator_values(released, SHARE, "offer_area", NEEDS, W).table.frame
    place = [tables.codes["offer_area"].index(key) for key in shown["key"]]
    visible = (shown["status"] == Status.SHOWN).to_numpy() & (shown["n"] >= 100).to_numpy()
    assert visible.any()
    n = shown["n"].to_numpy()[visible]
    assert cells.all_trials[NOW, place][visible] == pytest.approx(n)
    # Elsewhere a share is that of a curve, whose steps are made to rise: by at most three needs.
    apart = cells.share[NOW, place][visible] - shown["value"].to_numpy()[visible]
    assert (np.abs(apart) * n < 3.5).all() and (np.abs(apart) < 1e-9).mean() > 0.5


def test_released_counts_are_not_the_true_ones(
    released: ParquetStore, confidential: ParquetStore
) -> None:
    told, true = (found_scan(each).tables for each in (released, confidential))
    part = ("residence_status", "provider")
    apart = np.abs(told[part].cells.all_trials - true[part].cells.all_trials)
    assert 0 < apart.max() <= 3
    assert told[part].cells.noise > 0


def test_the_overview_says_the_same_numbers(confidential: ParquetStore) -> None:
    overview = movements(confidential, W).table.frame.set_index("key")
    frame = standouts(confidential, SHARE, NEEDS, W).table.frame
    changes = frame[(frame["family"] == "change_of_code") & (frame["rows"] == "offer_area")]
    assert len(changes)
    for _, row in changes.iterrows():
        other = overview.loc[row["row_code"]]
        assert other["value"] == pytest.approx(row["value"])
        # What holds for a whole search holds for eight areas.
        assert row["low"] <= other["low"] and other["high"] <= row["high"]


def test_the_sentence_says_how_much_was_searched(confidential: ParquetStore) -> None:
    found = searched(confidential, SHARE, NEEDS)
    compared = sum(found.search.compared.values())
    said = standouts(confidential, SHARE, NEEDS, W).sentence
    assert W.number(compared) in said and W.number(found.search.skipped) in said
    assert "5%" in said


def test_a_released_question_off_the_grid_is_refused(released: ParquetStore) -> None:
    with pytest.raises(RefusedError):
        standouts(released, SHARE, NeedFilter(Period.parse("2017-02", "2019-12")), W)
    several = NeedFilter(PROGRAMME, only(sex=["female", "male"]))
    with pytest.raises(RefusedError):
        standouts(released, SHARE, several, W)


def test_released_pairs_keep_to_the_depth_of_the_grid(released: ParquetStore) -> None:
    needs = NeedFilter(PROGRAMME, only(legal_regime=["sgb2"]))
    found = scan(released, indicator(SHARE), needs, spans(released, PROGRAMME))
    pairs = [part for part in found.tables if len(part) == 2]
    assert pairs and all("offer_area" in part for part in pairs)
    two = NeedFilter(PROGRAMME, only(legal_regime=["sgb2"], sex=["female"]))
    deep = scan(released, indicator(SHARE), two, spans(released, PROGRAMME))
    # Of the state two fields beside the area, of districts one.
    assert set(deep.tables) == {(), ("offer_area",), (QUARTER,)}


def test_periods_are_compared_with_as_long_a_one_before(confidential: ParquetStore) -> None:
    assert spans(confidential, PROGRAMME).before == BEFORE_PROGRAMME
    year = Period.parse("2018-01", "2018-12")
    assert spans(confidential, year).before == Period.parse("2017-01", "2017-12")
    first = Period.parse("2015-01", "2015-12")
    assert spans(confidential, first).before is None


def test_released_periods_are_compared_with_one_of_the_grid(released: ParquetStore) -> None:
    latest = Period.parse("2021-01", "2023-12")
    before = spans(released, latest).before
    assert before == PROGRAMME
    assert standouts(released, SHARE, NeedFilter(latest), W).table is not None


def test_without_months_before_only_levels_are_searched(confidential: ParquetStore) -> None:
    found = standouts(confidential, SHARE, NeedFilter(Period.parse("2015-01", "2015-12")), W)
    assert not found.table.frame["family"].str.startswith("change").any()


def test_durations_are_searched_as_the_share_of_their_clock(confidential: ParquetStore) -> None:
    assert share_of(indicator("median_days_to_referral"), W).id == SHARE
    assert share_of(indicator("median_days_to_start"), W).id == "share_started_180d"
    found = standouts(confidential, "median_days_to_referral", NEEDS, W)
    assert found.indicators == (SHARE,)
    assert indicator("median_days_to_referral").name["en"] in found.notes[0]
    with pytest.raises(RefusedError):
        share_of(indicator("cases_per_fte"), W)


@pytest.mark.parametrize("name", ["repeat_referral_share", "start_rate_of_referred"])
def test_receiving_bodies_are_searched_among_the_referred(store: ParquetStore, name: str) -> None:
    found = scan(store, indicator(name), NEEDS, spans(store, PROGRAMME))
    assert ("receiving_body",) in found.tables
    assert found.tables["receiving_body",].cells.all_trials.sum() > 0
    assert ("receiving_body",) not in found_scan(store).tables
