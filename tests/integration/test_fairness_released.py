"""Gaps and ends in the released edition: perturbed, on the grid, and the same as other figures."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.exploring.end_causes import LAST, causes_by
from analytics.reports.exploring.ends import ends_by_group, ends_by_reason
from analytics.reports.exploring.fairness import fairness_course, fairness_gaps
from analytics.reports.exploring.mix import MIX, mix_fields
from analytics.reports.indicators.indicator_values import indicator_values

W = words("de")
NEEDS = NeedFilter(Period.parse("2017-01", "2019-12"), assigned=True)
MEASURE = "restricted_mean_days_180"
SHARE = "share_referred_90d"


@pytest.fixture(scope="module")
def stores(demo_store: Path) -> Iterator[dict[Release, ParquetStore]]:
    folder = current_folder(demo_store)
    assert folder is not None
    opened = {release: open_snapshot(folder, release) for release in Release}
    yield opened
    for store in opened.values():
        store.close()


@pytest.fixture(scope="module")
def released(stores: dict[Release, ParquetStore]) -> ParquetStore:
    return stores[Release.RELEASED]


def test_a_gap_is_standardised_only_for_what_the_grid_tells_apart(
    stores: dict[Release, ParquetStore],
) -> None:
    confidential, released = stores[Release.CONFIDENTIAL], stores[Release.RELEASED]
    assert mix_fields(confidential, "sex", NEEDS) == tuple(f for f in MIX if f != "sex")
    assert mix_fields(released, "sex", NEEDS) == ("offer_area", "legal_regime")
    assert mix_fields(released, "legal_regime", NEEDS) == ("offer_area", "residence_status")
    asylum = NEEDS.but(legal_regime=["asylblg"])
    assert mix_fields(released, "sex", asylum) == ("offer_area",)
    koeln = NEEDS.but(district=["05315"])
    assert mix_fields(released, "sex", koeln) == ("offer_area",)
    assert mix_fields(released, "sex", asylum.but(offer_area=["language"])) == ()
    shown = fairness_gaps(released, NEEDS, "sex", MEASURE, W)
    assert W("fairness.note_released") in shown.notes


@pytest.mark.parametrize("measure", [MEASURE, SHARE, "open_over_180d_share"])
def test_a_groups_own_value_is_that_of_its_own_table(released: ParquetStore, measure: str) -> None:
    gaps = fairness_gaps(released, NEEDS, "legal_regime", measure, W).table.frame.set_index("key")
    table = indicator_values(released, measure, "legal_regime", NEEDS, W).table.frame
    table = table.set_index("key")
    shown = gaps[gaps["own"].notna()]
    assert len(shown) > 2
    for code, row in shown.iterrows():
        assert row["n"] == table.loc[code, "n"]
        assert row["own"] == pytest.approx(table.loc[code, "value"], abs=1e-9)


def test_told_gaps_lie_near_the_true_ones_and_are_coarse(
    stores: dict[Release, ParquetStore],
) -> None:
    found = {
        release: fairness_gaps(store, NEEDS, "sex", MEASURE, W).table.frame.set_index("key")
        for release, store in stores.items()
    }
    told, true = found[Release.RELEASED], found[Release.CONFIDENTIAL]
    assert (told["value"].dropna() % 1 == 0).all()
    for code in ("female", "male"):
        assert abs(told.loc[code, "raw"] - true.loc[code, "raw"]) < 3
        width = told.loc[code, "high"] - told.loc[code, "low"]
        assert width >= true.loc[code, "high"] - true.loc[code, "low"] - 1.5


@pytest.mark.parametrize(
    "needs",
    [
        NeedFilter(Period.parse("2017-01", "2019-11")),
        NeedFilter(NEEDS.period, only(residence_status=("tolerated", "eu_citizen"))),
        NeedFilter(NEEDS.period, only(residence_status=("tolerated",), age_group=("25_34",))),
        NeedFilter(NEEDS.period, only(district=("05315",), age_group=("25_34",))),
    ],
)
def test_what_is_off_the_grid_is_refused(released: ParquetStore, needs: NeedFilter) -> None:
    with pytest.raises(RefusedError):
        fairness_gaps(released, needs, "sex", MEASURE, W)
    with pytest.raises(RefusedError):
        ends_by_group(released, needs, "sex", MEASURE, W)
    if len(needs.chosen) != 1:
        return
    with pytest.raises(RefusedError):
        fairness_course(released, needs, "sex", MEASURE, W)


def test_months_off_the_grid_do_not_matter_to_a_course(released: ParquetStore) -> None:
    odd = replace(NEEDS, period=Period.parse("2017-01", "2019-11"))
    assert len(fairness_course(released, odd, "sex", MEASURE, W).table.frame)
    with pytest.raises(RefusedError):
        ends_by_reason(released, odd, MEASURE, W)


def test_released_causes_add_up_to_what_other_figures_tell(
    stores: dict[Release, ParquetStore],
) -> None:
    released = stores[Release.RELEASED]
    told, _ = causes_by(released, "start", "sex", NEEDS)
    true, _ = causes_by(stores[Release.CONFIDENTIAL], "start", "sex", NEEDS)
    table = indicator_values(released, "share_started_180d", "sex", NEEDS, W).table.frame
    shown = table[table["status"] == "shown"].set_index("key")
    for code, row in shown.iterrows():
        assert told[str(code)].n == row["n"]
        assert told[str(code)].count("reached", 180) / row["n"] == pytest.approx(
            row["value"], abs=0.03
        )
    changed = [
        told[code].count(cause, LAST) - part.count(cause, LAST)
        for code, part in true.items()
        for cause in ("reached", "no_place", "declined")
        if code in told
    ]
    assert np.abs(changed).max() <= 12 and np.any(changed)


def test_ends_are_told_in_both_editions_without_counts_of_few(
    stores: dict[Release, ParquetStore],
) -> None:
    for store in stores.values():
        for by in ("sex", "legal_regime"):
            frame = ends_by_group(store, NEEDS, by, MEASURE, W).table.frame
            assert (frame["n"].dropna() >= 5).all()
            hidden = frame[frame["status"] == "suppressed"]
            assert hidden[["value", "early", "n"]].isna().all(axis=None)
        curves = ends_by_reason(store, NEEDS, MEASURE, W).table.frame
        assert "at_risk" not in curves
        assert pd.notna(curves["estimate"]).any()
