"""The stated truth is what estimators find, and the programme is all that makes the difference."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from without_truth import WITHOUT_TRUTH

from analytics.domain.areas import registry
from analytics.domain.indicators import catalogue
from analytics.extracts.demo import DemoConfig, generate, truth
from analytics.extracts.demo.calendar import day_number
from analytics.extracts.demo.clock import latent_days, same_place
from analytics.extracts.demo.history import draw_history
from analytics.extracts.demo.process import Part, build_process, generator
from analytics.stats.survival import cumulative_incidence, kaplan_meier, restricted_mean

OUTCOMES = {"share_referred_90d", "restricted_mean_days_180", "hazard_ratio"}

# A fixed number of seeds must not fail by chance: 12 intervals at 99.9 %.
CONFIDENCE = 0.999


def small_truth(config: DemoConfig) -> dict:
    return truth(config, replicates=2, cases=30_000)


@pytest.fixture(scope="module")
def stated() -> dict:
    return truth(DemoConfig(), replicates=3, cases=60_000)


def observed(config: DemoConfig, group: str) -> tuple[np.ndarray, np.ndarray]:
    """Return days and events (1 referred, 2 ended otherwise) of needs of 2017 to 2019."""
    tables = generate(config).tables
    cases = tables["cases"].to_pandas()[["district", "case_id", "municipality"]]
    needs = tables["referrals"].to_pandas().merge(cases, on=["district", "case_id"])
    year = np.array([day.year for day in needs["need_recorded_on"]])
    groups = {(a.district, a.municipality): a.group.value for a in registry().assignments()}
    town = needs["municipality"].astype(object).where(needs["municipality"].notna(), None)
    member = [groups[place] == group for place in zip(needs["district"], town, strict=True)]
    needs = needs[member & (year >= 2017) & (year <= 2019)]
    until = needs["referred_on"].fillna(needs["ended_on"]).fillna(config.as_of)
    days = np.array([(b - a).days for a, b in zip(needs["need_recorded_on"], until, strict=True)])
    ended = np.where(needs["ended_on"].notna(), 2, 0)
    return days, np.where(needs["referred_on"].notna(), 1, ended)


@pytest.mark.parametrize("group", ["model", "comparison"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_estimators_find_the_truth(seed, group):
    config = DemoConfig(cases=12_000, seed=seed)
    days, events = observed(config, group)
    true = {
        name: value["group"][group] for name, value in small_truth(config)["indicators"].items()
    }
    curve = kaplan_meier(days, events == 1, confidence=CONFIDENCE)
    median = curve.median()
    assert median.low <= true["median_days_to_referral"] <= median.high
    mean = restricted_mean(curve, 180)
    assert abs(mean.estimate - true["restricted_mean_days_180"]) <= 3.3 * mean.std_error
    incidence = cumulative_incidence(days, events, confidence=CONFIDENCE)
    for day in (30, 90):
        point = incidence.at(day)
        assert point.low <= true[f"share_referred_{day}d"] <= point.high


def test_truth_is_complete_and_plain(stated):
    json.dumps(stated, allow_nan=False)
    assert set(stated["estimands"]) == {"model-project", "kim-rollout"}
    for design in stated["estimands"].values():
        assert set(design) == OUTCOMES
        assert design["share_referred_90d"] > 0
        assert design["restricted_mean_days_180"] < 0
        assert design["hazard_ratio"] > 1
    assert stated["config"]["seed"] == DemoConfig().seed
    for indicator in ("median_days_to_referral", "share_referred_90d"):
        assert set(stated["indicators"][indicator]["group"]) == {"model", "comparison"}


def test_every_indicator_of_needs_has_its_truth_or_is_named(stated):
    of_needs = {one.id for one in catalogue().values() if one.counts_needs}
    missing = of_needs - set(stated["indicators"]) - WITHOUT_TRUTH
    assert not missing, f"tell their truth in extracts/demo/group_truth.py: {sorted(missing)}"
    assert of_needs - set(stated["indicators"]) >= WITHOUT_TRUTH


def test_the_monte_carlo_error_is_small(stated):
    for design in stated["estimands_error"].values():
        assert design["share_referred_90d"] < 5e-4
        assert design["restricted_mean_days_180"] < 0.05
        assert design["hazard_ratio"] < 5e-4


def test_estimands_are_means_over_the_listed_cells(stated):
    cells = stated["effects"]["model-project"]
    to_2019 = [quarter <= "2019-10-01" for quarter in cells["quarter"]]
    units = {unit for unit, used in zip(cells["unit"], to_2019, strict=True) if used}
    assert units == {unit.code for unit in registry().model_units}
    share = np.array(cells["share_referred_90d"])[to_2019].mean()
    assert share == pytest.approx(
        stated["estimands"]["model-project"]["share_referred_90d"], abs=1e-3
    )
    ratios = np.log(np.array(cells["hazard_ratio"])[to_2019]).mean()
    assert math.exp(ratios) == pytest.approx(
        stated["estimands"]["model-project"]["hazard_ratio"], abs=1e-3
    )


def test_truth_does_not_depend_on_the_number_of_cases():
    few, many = (small_truth(DemoConfig(cases=cases, seed=4)) for cases in (10, 9_000))
    assert few["estimands"] == many["estimands"]
    assert few["indicators"] == many["indicators"]


def test_switched_off_effects_are_none():
    off = small_truth(DemoConfig(seed=6, model_effect=0.0, kim_effect=0.0))["estimands"]
    for design in off.values():
        assert design["share_referred_90d"] == 0
        assert design["restricted_mean_days_180"] == 0
        assert design["hazard_ratio"] == 1


def test_one_programme_can_be_switched_off_alone():
    only_kim = small_truth(DemoConfig(seed=6, model_effect=0.0))["estimands"]
    assert only_kim["model-project"]["hazard_ratio"] == 1
    assert only_kim["kim-rollout"]["hazard_ratio"] > 1.02


def test_effects_grow_with_their_multiplier():
    single, double = (
        small_truth(DemoConfig(seed=6, model_effect=effect))["estimands"]["model-project"]
        for effect in (1.0, 2.0)
    )
    assert double["hazard_ratio"] == pytest.approx(single["hazard_ratio"] ** 2, rel=0.01)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_without_effect_the_groups_do_not_drift_apart(seed):
    """Difference in differences of the raw share within 90 days, against its own noise."""
    change = _change_of_difference(DemoConfig(seed=seed, model_effect=0.0, kim_effect=0.0))
    assert abs(change) < 0.03


def test_with_effect_the_groups_drift_apart():
    changes = [
        _change_of_difference(DemoConfig(seed=seed))
        - _change_of_difference(DemoConfig(seed=seed, model_effect=0.0))
        for seed in (11, 12)
    ]
    assert min(changes) > 0.03


def _change_of_difference(config: DemoConfig) -> float:
    """Return how much more the share within 90 days rose in model units, 2015-16 to 2018-19."""
    process = build_process(config)
    history = draw_history(process, config.cases)
    needs = history.needs
    town = history.people.municipality[needs.case]
    is_model = process.places.is_model[process.places.unit[town]]
    fast = (history.clocks.referral <= 90) & history.clocks.is_referred
    before, after = needs.month < 18, (needs.month >= 36) & (needs.month < 60)

    def difference(period: np.ndarray) -> float:
        return fast[period & is_model].mean() - fast[period & ~is_model].mean()

    return difference(after) - difference(before)


def test_the_truth_tells_what_appointments_do(stated):
    found = stated["handovers"]["with_minus_without_appointment"]
    assert found["share_started_180d"] > 0.03
    assert found["restricted_mean_days_180"] < -5
    through = stated["handovers"]["model_days_to_start"]
    assert through["total"] < through["binding"] < 0
    errors = stated["handovers_error"]
    assert max(errors["with_minus_without_appointment"].values()) < 0.1
    assert max(errors["model_days_to_start"].values()) < 0.3


def test_appointments_without_effect_carry_nothing():
    found = small_truth(DemoConfig(seed=6, binding_effect=0.0))["handovers"]
    assert set(found["with_minus_without_appointment"].values()) == {0}
    assert found["model_days_to_start"]["binding"] == 0
    assert found["model_days_to_start"]["total"] < 0


def test_a_programme_that_does_nothing_carries_nothing_through_appointments():
    found = small_truth(DemoConfig(seed=6, model_effect=0.0))["handovers"]["model_days_to_start"]
    assert set(found.values()) == {0}


def test_days_without_the_programme_lie_on_its_curve():
    """The moved days have the distribution of needs that are drawn without it."""
    random = np.random.default_rng(5)
    fast, slow = np.full(200_000, 0.4), np.full(200_000, 0.1)
    moved = same_place(latent_days(random, fast).astype(np.int32), fast, slow)
    drawn = latent_days(random, slow)
    for limit in (30, 90, 180):
        expected = np.minimum(np.floor(drawn), limit).mean()
        assert np.minimum(np.floor(moved), limit).mean() == pytest.approx(expected, abs=0.4)


def test_a_plain_comparison_misleads_about_appointments():
    """Slow bodies agree on fewer appointments: who compares all with all finds too much."""
    config = DemoConfig(seed=5, binding_effect=0.0)
    rows = generate(config).tables["referrals"].to_pandas()
    known = rows[rows["binding_handover"].notna() & rows["started_on"].notna()]
    days = (pd.to_datetime(known["started_on"]) - pd.to_datetime(known["referred_on"])).dt.days
    means = days.groupby(known["binding_handover"].astype(bool)).mean()
    assert means[True] < means[False] - 1


def test_one_replicate_cannot_state_its_error():
    with pytest.raises(ValueError, match="at least two"):
        truth(DemoConfig(), replicates=1)


def test_parts_draw_independently():
    first = generator(1, Part.PEOPLE).random(4)
    assert not np.array_equal(first, generator(1, Part.NEEDS).random(4))
    assert np.array_equal(first, generator(1, Part.PEOPLE).random(4))


def test_days_are_counted_from_1970():
    assert day_number(DemoConfig().start) == 16_436
