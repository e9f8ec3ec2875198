"""Effect estimates on a small demonstration snapshot: who is in them, and what each choice does."""

from collections.abc import Iterator
from dataclasses import replace
from math import exp

import numpy as np
import pytest

from analytics.domain.areas import registry
from analytics.domain.evaluation import (
    ComparisonGroup,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
    model_starts,
)
from analytics.domain.periods import Month
from analytics.domain.vocabulary import Group
from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.kim_effect import kim_dose, kim_effect
from analytics.reports.evaluation.matching import PEERS, matched_units, site_peers, structure_before
from analytics.reports.evaluation.model_effect import (
    least_before,
    model_effect,
    model_panel,
    shown,
)
from analytics.reports.evaluation.robustness import (
    model_honest,
    model_sensitivities,
    model_study,
    without_each_site,
)
from analytics.stats.did import NoComparisonError
from analytics.stats.imputation import NEVER
from analytics.stats.staggered import LEAST_POOL

CHOICE = ModelChoice(draws=49)
KIM = KimChoice(draws=49)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root = tmp_path_factory.mktemp("store")
    demo = generate(DemoConfig(cases=20_000))
    SnapshotStore(root).publish(
        demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
    )
    folder = SnapshotStore(root).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


class TestModelPanel:
    def test_towns_as_units(self, store: ParquetStore) -> None:
        data = model_panel(store, CHOICE)
        assert data.panel.units == tuple(unit.code for unit in registry().evaluation_units)
        treated = {unit for unit, on in zip(data.panel.units, data.is_treated, strict=True) if on}
        assert treated == {unit.code for unit in registry().model_units}
        assert (data.exposure == 1).all()
        for unit, start in zip(data.panel.units, data.starts, strict=True):
            if start != NEVER:
                first = data.panel.quarters[start]
                months = model_starts()[unit].number - Month.of(first).number
                assert first.year == model_starts()[unit].year
                assert 0 <= months < 3

    def test_whole_districts_are_treated_in_part(self, store: ParquetStore) -> None:
        data = model_panel(store, replace(CHOICE, towns=Towns.EXPOSURE))
        assert data.panel.units == tuple(district.ags for district in registry().districts)
        split = np.isin(data.panel.units, registry().split_districts)
        assert (data.exposure[~split] == 1).all()
        assert ((data.exposure[split] > 0) & (data.exposure[split] < 1)).all()
        assert data.is_treated[split].all()

    def test_split_districts_are_dropped(self, store: ParquetStore) -> None:
        data = model_panel(store, replace(CHOICE, towns=Towns.DROP))
        assert not {unit[:5] for unit in data.panel.units} & set(registry().split_districts)
        assert data.is_treated.sum() == len(registry().model_units) - 3

    def test_periods(self, store: ParquetStore) -> None:
        data = model_panel(store, replace(CHOICE, first_year=2016, end=Month(2020, 6)))
        assert (data.panel.quarters[0].year, len(data.panel.quarters)) == (2016, 18)

    def test_matched_units_are_the_only_comparison(self, store: ParquetStore) -> None:
        everyone = model_panel(store, CHOICE)
        data = model_panel(store, replace(CHOICE, comparison=ComparisonGroup.MATCHED))
        untreated = np.array(data.panel.units)[~data.is_treated]
        assert tuple(untreated) == matched_units(store)
        assert data.is_treated.sum() == everyone.is_treated.sum()

    def test_draws_and_seed_do_not_matter(self, store: ParquetStore) -> None:
        data = model_panel(store, replace(CHOICE, draws=1, seed=0))
        first = model_effect(store, CHOICE).data
        assert first is model_effect(store, replace(CHOICE, seed=4)).data
        assert first is data


class TestModelEffect:
    def test_is_remembered_and_repeatable(self, store: ParquetStore) -> None:
        found = model_effect(store, CHOICE)
        assert model_effect(store, ModelChoice(draws=49)) is found
        assert found.placebo.draws.shape == (49,)
        assert 1 / 50 <= found.placebo.p <= 1
        assert found.detectable > 0
        assert found.effect.low < found.effect.estimate < found.effect.high

    @pytest.mark.parametrize(("year", "quarters"), [(2015, 4), (2016, 4), (2017, 1)])
    def test_quarters_before(self, year: int, quarters: int) -> None:
        assert least_before(replace(CHOICE, first_year=year)) == quarters

    def test_hazards_are_shown_as_ratios(self) -> None:
        assert shown(EffectOutcome.HAZARD, 0.2) == pytest.approx(exp(0.2))
        assert shown(EffectOutcome.SHARE, 0.2) == 0.2


class TestRobustness:
    def test_each_choice_is_tried_once(self, store: ParquetStore) -> None:
        tried = {each.id: each for each in model_sensitivities(store, CHOICE)}
        assert set(tried) == {
            "headline", "towns_unit", "towns_exposure", "towns_drop", "end_2019", "end_2020",
            "from_2015", "from_2016", "from_2017", "comparison_all", "comparison_matched",
            "balanced", "comparable", "synthetic",
        }  # fmt: skip
        headline = tried["headline"]
        for name, each in tried.items():
            if each.is_chosen:
                assert replace(each, id="headline") == headline, name
            if each.is_refused:
                assert np.isnan(each.estimate)
                assert each.treated == each.controls == 0
            else:
                assert each.low < each.estimate < each.high
        assert tried["towns_drop"].controls == headline.controls - 3
        assert tried["comparison_matched"].controls < headline.controls

    def test_without_each_site(self, store: ParquetStore) -> None:
        effect = model_effect(store, CHOICE).effect
        found = without_each_site(store, CHOICE)
        units = model_panel(store, CHOICE).panel.units
        assert [each.unit for each in found] == [units[row] for row in effect.units]
        for each, row in zip(found, effect.units, strict=True):
            assert each.estimate == pytest.approx(effect.without[row])

    def test_the_study_leaves_out_what_is_treated_in_part(self, store: ParquetStore) -> None:
        dropped = model_study(store, replace(CHOICE, towns=Towns.DROP))
        exposed = model_study(store, replace(CHOICE, towns=Towns.EXPOSURE))
        assert exposed.estimates == pytest.approx(dropped.estimates)

    def test_honest_intervals_widen_from_the_study_by_years(self, store: ParquetStore) -> None:
        study, honest = model_study(store, CHOICE, width=4), model_honest(store, CHOICE)
        mean = study.estimates[study.before :].mean()
        assert (honest.low < mean).all()
        assert (mean < honest.high).all()
        assert (np.diff(honest.high - honest.low) >= 0).all()

    def test_without_years_before_the_start_there_is_no_study(self, store: ParquetStore) -> None:
        with pytest.raises(NoComparisonError, match="no period before"):
            model_honest(store, replace(CHOICE, first_year=2017))


class TestMatching:
    def test_peers_are_untreated_districts(self, store: ParquetStore) -> None:
        areas = registry()
        model = {unit.code for unit in areas.model_units}
        for site, peers in site_peers(store):
            assert site in model
            assert len(peers.peers) == PEERS
            assert not {peer.unit for peer in peers.peers} & model
        assert len(site_peers(store)) == len(model)

    def test_matched_units_are_comparison_units(self, store: ParquetStore) -> None:
        groups = {unit.code: unit.group for unit in registry().evaluation_units}
        matched = matched_units(store)
        assert {groups[unit] for unit in matched} == {Group.COMPARISON}
        assert len(set(matched)) == len(matched) <= PEERS * len(registry().model_units)

    def test_structure_is_that_before_the_programme(self, store: ParquetStore) -> None:
        table, query = structure_before(store)
        assert len(table) == len(registry().districts)
        assert table.notna().all(axis=None)
        assert query.name == "district_structure"


class TestKim:
    def test_units_of_a_district_start_together(self, store: ParquetStore) -> None:
        found = kim_effect(store, KIM)
        districts = [unit.district for unit in registry().evaluation_units]
        for cluster in np.unique(found.clusters):
            own = found.clusters == cluster
            assert len(set(found.starts[own])) == 1
            assert len({district for district, at in zip(districts, own, strict=True) if at}) == 1

    def test_small_pools_are_refused(self, store: ParquetStore) -> None:
        effects = kim_effect(store, KIM).result.effects
        assert any(effect.refused == "small_pool" for effect in effects)
        for effect in effects:
            if effect.pool < LEAST_POOL:
                assert effect.refused
                assert np.isnan(effect.estimate)

    def test_placebo_and_pretrend(self, store: ParquetStore) -> None:
        found = kim_effect(store, KIM)
        assert kim_effect(store, KimChoice(draws=49)) is found
        assert 1 / 50 <= found.placebo.p <= 1
        assert found.pretrend_p is not None
        assert 0 <= found.pretrend_p <= 1
        assert found.panel.quarters[0].isoformat() == "2018-01-01"

    def test_doses_belong_to_units_with_an_effect(self, store: ParquetStore) -> None:
        found = kim_dose(store, KIM)
        known = np.isfinite(found.doses) & np.isfinite(found.effects)
        assert found.line.units == known.sum()
        assert (found.doses[np.isfinite(found.doses)] >= 0).all()
        assert found.line.low < found.line.slope < found.line.high
