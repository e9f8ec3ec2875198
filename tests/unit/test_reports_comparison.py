"""What differs before any model, against a snapshot made by hand."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from evaluation_store import FEW_QUARTER, FEW_UNIT, publish, staggered

from analytics.charts.balance import balance_dots
from analytics.charts.distributions import unit_boxes
from analytics.charts.matched import peer_grid
from analytics.charts.site_panels import site_multiples
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome
from analytics.exports.tables import csv_bytes, readable
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.dimensions import units_note
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.evaluation.balance import balance
from analytics.reports.evaluation.distributions import contrast, distributions
from analytics.reports.evaluation.groups import before_levels, is_model, unit_panel
from analytics.reports.evaluation.matched_group import matched_group
from analytics.reports.evaluation.matching import matched_units, site_peers
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.site_trends import group_trends, peer_units, site_panels
from analytics.stats.unit_means import pooled_spread, standardised_difference, unit_means

DE = words("de")
SHARE, ALL, MATCHED = EffectOutcome.SHARE, ComparisonGroup.ALL, ComparisonGroup.MATCHED
UNITS = registry().evaluation_units


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = current_folder(publish(tmp_path_factory.mktemp("comparison"), staggered()))
    assert folder is not None
    with open_snapshot(folder) as opened:
        yield opened


def test_unit_means_by_hand() -> None:
    values = np.array([[1.0, 4.0, np.nan], [3.0, np.nan, np.nan], [5.0, np.nan, 2.0]])
    found = unit_means(values)
    assert found.units.tolist() == [3, 1, 1]
    # Mean 3, standard deviation 2, t quantile 4.303 with two degrees of freedom.
    assert found.mean[0] == pytest.approx(3)
    assert found.high[0] - 3 == pytest.approx(4.302653 * 2 / np.sqrt(3), rel=1e-6)
    assert np.isnan(found.mean[1:]).all()


def test_standardised_difference_by_hand() -> None:
    treated, others = np.array([4.0, 6.0, np.nan]), np.array([1.0, 3.0])
    spread = pooled_spread(treated, others)
    assert spread == pytest.approx(np.sqrt(2))
    assert standardised_difference(treated, others, spread) == pytest.approx(3 / np.sqrt(2))
    assert np.isnan(standardised_difference(treated, others, 0.0))
    assert np.isnan(pooled_spread(treated[:1], others))


def test_balance_compares_the_sites_with_both_groups(store: ParquetStore) -> None:
    shown = balance(store, DE)
    frame = shown.table.frame
    assert set(frame["key"]) == {"all", "matched"}
    share = frame[frame["variable"] == "share_referred_90d"].set_index("key")
    levels = _levels()
    own = np.array([levels[unit.code] for unit in UNITS if unit.group == "model"])
    others = np.array([levels[unit.code] for unit in UNITS if unit.group == "comparison"])
    spread = np.sqrt((own.var(ddof=1) + others.var(ddof=1)) / 2)
    expected = (own.mean() - others.mean()) / spread
    assert share.loc["all", "value"] == pytest.approx(expected)
    assert share.loc["all", "units"] == len(others)
    assert share.loc["matched", "units"] == len(matched_units(store))
    assert share.loc["all", "model_mean"] == DE.percent(own.mean(), 1)
    # Nothing changed from 2015 to 2016, so there is no spread to measure a change by.
    change = frame[frame["variable"] == "share_referred_90d_change"]
    assert (change["status"] == Status.NO_DATA).all()
    figure = balance_dots(shown, DE)
    assert sum(len(trace.x) for trace in figure.data) == (frame["status"] == "shown").sum()


def test_distributions_name_each_unit_once(store: ParquetStore) -> None:
    everyone = distributions(store, SHARE, ALL, DE).table.frame
    assert sorted(everyone["key"]) == sorted(unit.code for unit in UNITS)
    levels = _levels()
    assert everyone["value"].tolist() == pytest.approx([levels[key] for key in everyone["key"]])
    # Eight quarters of ten needs; the few of one quarter are neither counted nor told.
    needs = everyone.set_index("key")["n"]
    assert needs[FEW_UNIT] == 70
    assert (needs.drop(FEW_UNIT) == 80).all()
    matched = distributions(store, SHARE, MATCHED, DE).table.frame
    chosen = set(matched.loc[matched["series"] == "comparison", "key"])
    assert chosen == set(matched_units(store))
    assert len(unit_boxes(distributions(store, SHARE, MATCHED, DE), DE).data) == 2


@pytest.mark.parametrize("outcome", EffectOutcome)
def test_the_mean_leads_in_title_and_picture_as_in_the_course(
    store: ParquetStore, outcome: EffectOutcome
) -> None:
    shown, scale = distributions(store, outcome, ALL, DE), Scale(outcome)
    levels = before_levels(unit_panel(store, outcome))
    means = [float(scale.shown(np.nanmean(levels[own]))) for own in (is_model(), ~is_model())]
    model, others = (scale.level.text(mean, DE) for mean in means)
    assert shown.title.endswith(f"Modellkommunen {model}, Vergleichsgruppe {others}")
    drawn = [shape.x0 for shape in unit_boxes(shown, DE).layout.shapes]
    assert drawn == pytest.approx(means)
    medians = shown.table.frame.groupby("series")["value"].median()
    for median in medians:
        assert scale.level.text(median, DE) in shown.sentence


@pytest.mark.parametrize(
    ("model", "others", "differ"),
    [((0.5, 0.5, 0.8), (0.55, 0.55, 0.55), True), ((0.5, 0.5, 0.8), (0.4, 0.4, 0.4), False)],
)
def test_where_mean_and_median_disagree_the_sentence_says_why(
    model: tuple[float, ...], others: tuple[float, ...], differ: bool
) -> None:
    means, medians = (
        pd.Series({"model": of(model), "comparison": of(others)}) for of in (np.mean, np.median)
    )
    expected = DE("report_comparison.mean_and_median_differ") if differ else ""
    assert contrast(means, medians, DE) == expected
    assert contrast(means.drop("model"), medians, DE) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_are_explained_with_the_registry_s_numbers(language: str) -> None:
    note = units_note(words(language))
    areas = registry()
    towns = [unit.name for unit in UNITS if unit.kind == "town"]
    assert len(UNITS) == len(areas.districts) + len(towns)
    for told in (str(len(UNITS)), str(len(areas.districts)), str(len(towns)), *towns):
        assert told in note


def test_the_units_are_explained_on_every_comparison(store: ParquetStore) -> None:
    shown = (
        balance(store, DE),
        distributions(store, SHARE, ALL, DE),
        group_trends(store, SHARE, ALL, DE),
    )
    assert all(units_note(DE) in exhibit.notes for exhibit in shown)


def test_trends_are_means_over_units(store: ParquetStore) -> None:
    shown = group_trends(store, SHARE, ALL, DE)
    frame = shown.table.frame
    first = frame[frame["period"] == pd.Timestamp(FEW_QUARTER)].set_index("series")
    levels = _levels()
    own = [levels[u.code] for u in UNITS if u.group == "model" and u.code != FEW_UNIT]
    assert first.loc["model", "units"] == len(own)
    assert first.loc["model", "value"] == pytest.approx(np.mean(own))
    assert (frame["low"] <= frame["value"]).all()
    assert "zeigt noch keine Ursache" in shown.sentence


def test_sites_stand_beside_their_peers(store: ParquetStore) -> None:
    shown = site_panels(store, SHARE, DE)
    frame = shown.table.frame
    assert frame["section"].nunique() == len(registry().model_units)
    towns = [unit.name for unit in registry().model_units if unit.kind == "town"]
    assert all(town in " ".join(shown.notes) for town in towns)
    peers = dict(site_peers(store))
    panel = frame[frame["section"] == registry().unit(FEW_UNIT).name]
    first = panel[panel["period"] == pd.Timestamp(FEW_QUARTER)].set_index("series")
    assert first.loc["model", "status"] == Status.NO_DATA
    assert np.isnan(first.loc["model", "value"])
    levels = _levels()
    expected = np.mean([levels[unit] for unit in peer_units(peers[FEW_UNIT])])
    assert first.loc["comparison", "value"] == pytest.approx(expected)
    figure = site_multiples(shown, DE)
    assert len(figure.data) == 2 * len(registry().model_units)


def test_small_cells_reach_neither_table_nor_file(store: ParquetStore) -> None:
    shown = site_panels(store, SHARE, DE)
    hidden = (shown.table.frame["status"] == Status.NO_DATA).tolist()
    assert sum(hidden) == 1
    table = readable(shown.table, DE)
    name = next(c.label for c in shown.table.columns if c.name == "value")
    assert [cell == DE("estimate.no_data") for cell in table[name]] == hidden
    lines = csv_bytes(shown, DE).decode("utf-8-sig").splitlines()
    (line,) = [line for line in lines if DE("estimate.no_data") in line]
    assert "2015-01-01" in line or "01.01.2015" in line


def test_matched_units_are_explained_variable_by_variable(store: ParquetStore) -> None:
    shown = matched_group(store, DE)
    frame = shown.table.frame
    each = frame.groupby(["section", "key"])
    squares = each["value"].apply(lambda values: (values**2).sum())
    assert squares.tolist() == pytest.approx((each["distance"].first() ** 2).tolist())
    assert each["share"].sum().tolist() == pytest.approx([1.0] * len(squares))
    districts = {unit.code[:5] for unit in UNITS if unit.code in matched_units(store)}
    assert set(frame["key"]) == districts
    figure = peer_grid(shown, DE)
    written = [text for line in figure.data[0].text for text in line if text]
    assert len(written) == len(frame)


@pytest.mark.parametrize("outcome", EffectOutcome)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_is_worded(
    store: ParquetStore, outcome: EffectOutcome, language: str
) -> None:
    w = words(language)
    shown = [
        distributions(store, outcome, MATCHED, w),
        group_trends(store, outcome, MATCHED, w),
        site_panels(store, outcome, w),
    ]
    assert all(each.title and each.sentence and each.alt for each in shown)
    assert not any("{" in each.title + each.sentence for each in shown)


def _levels() -> dict[str, float]:
    """Return each unit's share before the programme."""
    return {
        unit.code: (5 - (unit.group == "model") + place % 3 - 1) / 10
        for place, unit in enumerate(UNITS)
    }
