"""Districts by indicators, and two indicators against each other, once more in pandas and SciPy."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, spearmanr
from statsmodels.stats.multitest import multipletests

from analytics.domain.grid_choice import FIRST_INDICATORS, GridChoice, PairChoice
from analytics.domain.periods import Period
from analytics.domain.position import Comparison
from analytics.domain.release import Release
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.opening import open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.districts.position import positions
from analytics.reports.districts.ring import nearest_members
from analytics.reports.exploring.district_grid import OFFERED, district_grid
from analytics.reports.exploring.scatter import district_scatter
from reference.raw_rows import RawRows

PERIOD = Period.parse("2015-01", "2023-12")
KOELN = "05315"
W = words("de")


@pytest.fixture(scope="module", params=Release)
def store(raw: RawRows, request: pytest.FixtureRequest) -> Iterator[ParquetStore]:
    with open_snapshot(Path(raw.folder), request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def exact(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


@pytest.fixture(scope="module")
def grid(store: ParquetStore) -> Exhibit:
    return district_grid(store, GridChoice(OFFERED, PERIOD), W)


def handovers(raw: RawRows) -> pd.DataFrame:
    """Return share and number by district of referrals of which it is known."""
    needs = raw.needs
    known = needs[(needs["event"] == 1) & needs["binding_handover"].notna()]
    return known["binding_handover"].astype(bool).groupby(known["district"]).agg(["mean", "size"])


def test_values_are_those_of_the_raw_rows(exact: ParquetStore, raw: RawRows) -> None:
    shown = district_grid(exact, GridChoice(("binding_handover_share",), PERIOD), W)
    rows = shown.table.frame.query("indicator == 'binding_handover_share' and status == 'shown'")
    plain = handovers(raw).loc[rows["key"]]
    assert len(rows) > 20
    assert rows["value"].to_numpy(float) == pytest.approx(plain["mean"].to_numpy())
    assert (rows["n"].to_numpy(int) == plain["size"].to_numpy()).all()


def test_false_claims_are_limited_over_all_cells(grid: Exhibit) -> None:
    frame = grid.table.frame
    tested = frame[frame["p"].notna()]
    adjusted = multipletests(tested["p"], method="fdr_by")[1]
    assert tested["adjusted"].to_numpy(float) == pytest.approx(adjusted)
    is_named = tested["finding"].isin(["better", "worse", "higher", "lower"]).to_numpy()
    assert (is_named == (adjusted <= 0.05)).all()
    unusual = tested[tested["unusual"].astype(bool)]
    assert set(unusual["finding"]) <= {"better", "worse", "higher", "lower"}


def test_a_p_value_says_what_the_interval_of_the_difference_does(grid: Exhibit) -> None:
    tested = grid.table.frame.dropna(subset=["p", "difference_low", "difference_high"])
    outside = (tested["difference_low"] > 0) | (tested["difference_high"] < 0)
    assert (outside == (tested["p"] < 0.05)).all() and outside.any()
    gap = tested["difference"].to_numpy(float)
    ends = tested[["difference_low", "difference_high"]].to_numpy(float)
    reach = np.where(gap > 0, gap - ends[:, 0], ends[:, 1] - gap)
    expected = 2 * norm.sf(np.abs(gap) / (reach / norm.ppf(0.975)))
    assert tested["p"].to_numpy(float) == pytest.approx(expected)


def test_nothing_is_said_that_the_profile_does_not_say(store: ParquetStore, grid: Exhibit) -> None:
    placed = {name: positions(store, name, PERIOD) for name in OFFERED}
    for _, row in grid.table.frame.iterrows():
        position = placed[row["indicator"]].of(row["key"])
        if row["finding"] in {each.value for each in Comparison if each.is_different}:
            assert row["finding"] == position.comparison.value
        assert not row["unusual"] or position.spread.is_unusual


def test_hidden_and_absent_cells_are_told_apart_and_carry_no_figures(grid: Exhibit) -> None:
    frame = grid.table.frame
    hidden = frame[frame["status"] == "suppressed"]
    assert (hidden["finding"] == "protected").all() and len(hidden)
    figures = ["value", "low", "high", "rest", "difference", "p", "adjusted", "p_spread"]
    assert hidden[figures].isna().all().all()
    assert (frame.loc[frame["status"] == "no_data", "finding"] == "no_data").all()


def test_each_indicator_is_asked_for_by_district_once(raw: RawRows) -> None:
    with ParquetStore(Path(raw.folder)) as opened:
        shown = district_grid(opened, GridChoice(FIRST_INDICATORS, PERIOD), W)
    texts = [query.text for query in shown.queries]
    assert len(texts) == len(set(texts)) <= 4 * len(FIRST_INDICATORS)


def test_some_districts_are_rows_of_all(store: ParquetStore, grid: Exhibit) -> None:
    some = district_grid(store, GridChoice(OFFERED, PERIOD, within=(KOELN, "05314")), W)
    names = ["key", "indicator", "value", "low", "high", "rest", "p", "p_spread", "status"]
    of_all = grid.table.frame.query("key in ['05314', '05315']")[names].reset_index(drop=True)
    pd.testing.assert_frame_equal(some.table.frame[names], of_all, check_dtype=False)
    assert some.source.text and "Bonn und Köln" in some.subtitle


def test_a_district_is_shown_with_its_ring(store: ParquetStore) -> None:
    found = district_grid(store, GridChoice(("share_referred_90d",), PERIOD, around=KOELN), W)
    assert set(found.table.frame["key"]) == {KOELN, *nearest_members(store, KOELN)}
    asked = GridChoice(("share_referred_90d",), PERIOD, around=KOELN, ring=("05314",))
    assert set(district_grid(store, asked, W).table.frame["key"]) == {KOELN, "05314"}


def test_an_order_by_findings_is_no_rank(store: ParquetStore) -> None:
    name = "binding_handover_share"
    found = district_grid(store, GridChoice((name,), PERIOD, order=name), W).table.frame
    codes = list(dict.fromkeys(zip(found["finding"], found["unusual"], strict=True)))
    runs = [pair for pair, _ in found.groupby(["finding", "unusual"], sort=False)]
    assert codes == runs  # each finding stands together
    for _, part in found.groupby(["finding", "unusual"], sort=False):
        names = [sort_key(str(each)) for each in part["label"]]
        assert names == sorted(names)
    assert "rank" not in found.columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_caseload_and_waiting_are_answered_as_an_association(
    store: ParquetStore, language: str
) -> None:
    choice = PairChoice("cases_per_fte", "median_days_to_referral", PERIOD)
    shown = district_scatter(store, choice, words(language))
    rows = shown.table.frame.query("status == 'shown'")
    r = spearmanr(rows["x"].astype(float), rows["y"].astype(float)).statistic
    assert words(language).signed(r, 2) in shown.sentence
    caution = {"de": "ob eines das andere bewirkt, sagt es nicht", "en": "it does not say"}
    assert caution[language] in shown.sentence


def test_its_values_are_those_of_the_raw_rows(exact: ParquetStore, raw: RawRows) -> None:
    choice = PairChoice("binding_handover_share", "foreign_share", PERIOD)
    rows = district_scatter(exact, choice, W).table.frame.query("status == 'shown'")
    plain = handovers(raw).loc[rows["key"], "mean"].to_numpy()
    assert rows["x"].to_numpy(float) == pytest.approx(plain)


def test_a_row_with_one_hidden_value_carries_no_figures(store: ParquetStore) -> None:
    choice = PairChoice("open_over_180d_share", "binding_handover_share", PERIOD)
    frame = district_scatter(store, choice, W).table.frame
    hidden = frame[frame["status"] != "shown"]
    numbers = [f"{axis}{end}" for axis in "xy" for end in ("", "_low", "_high", "_n")]
    assert hidden[numbers].isna().all().all()


def test_an_indicator_against_itself_is_refused(store: ParquetStore) -> None:
    with pytest.raises(RefusedError):
        district_scatter(store, PairChoice("foreign_share", "foreign_share", PERIOD), W)
