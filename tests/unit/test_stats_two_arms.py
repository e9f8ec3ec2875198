"""Two arms among their like: against a plain calculation, and in worlds whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from arm_worlds import LIMIT, World, aim_of, counts_of
from scipy.stats import t

from analytics.stats.two_arms import ArmCounts, ArmsCompared, compare_arms

SEEDS = range(100)
MANY = range(1000)
"""A rate of five in a hundred is told from less only by many worlds."""


def rows_of(counts: ArmCounts) -> pd.DataFrame:
    names = ("stratum", "unit", "arm", "days", "event", "counts")
    frame = pd.DataFrame({name: getattr(counts, name) for name in names})
    return frame.loc[frame.index.repeat(frame["counts"])].reset_index(drop=True)


def plain(rows: pd.DataFrame) -> tuple[float, float]:
    """Return both differences, observation by observation and day by day."""
    sizes = rows.groupby(["stratum", "arm"]).size().unstack(fill_value=0)
    both = sizes.index[(sizes > 0).all(axis=1)]
    used = rows[rows["stratum"].isin(both)]
    in_stratum = used.groupby("stratum")["arm"].transform("size")
    in_arm = used.groupby(["stratum", "arm"])["arm"].transform("size")
    used = used.assign(weight=in_stratum / in_arm)
    shares, means = {}, {}
    for arm, part in used.groupby("arm"):
        began = part["event"] == 1
        shares[arm] = part.loc[began, "weight"].sum() / part["weight"].sum()
        waiting, area = 1.0, 0.0
        for day in range(LIMIT):
            at_risk = part.loc[part["days"] >= day, "weight"].sum()
            events = part.loc[began & (part["days"] == day), "weight"].sum()
            waiting *= 1 - events / at_risk if at_risk else float(waiting == 0)
            area += waiting
        means[arm] = area
    return shares[1] - shares[0], means[1] - means[0]


def test_it_equals_a_plain_calculation_with_each_unit_left_out() -> None:
    counts = counts_of(World(units=5, size=120, effect=0.3), seed=3)
    found = compare_arms(counts, LIMIT, by_unit=True)
    assert found is not None
    rows = rows_of(counts)
    values = plain(rows)
    without = np.array([plain(rows[rows["unit"] != unit]) for unit in range(5)])
    errors = np.sqrt(4 / 5 * ((without - without.mean(0)) ** 2).sum(0))
    sizes = rows.groupby(["unit", "stratum"])["arm"].agg(["size", "nunique"]).reset_index()
    sizes = sizes[sizes["nunique"] == 2].groupby("unit")["size"].sum()
    freedom = sizes.sum() ** 2 / (sizes**2).sum() - 1
    assert found.freedom == pytest.approx(freedom)
    assert (found.n, found.known) == (sizes.sum(), len(rows))
    for one, value, error in zip((found.reached, found.days), values, errors, strict=True):
        assert one.value == pytest.approx(value, rel=1e-9)
        assert one.high - one.value == pytest.approx(t.ppf(0.975, freedom) * error, rel=1e-9)
        assert one.first - one.second == pytest.approx(one.value)
        assert one.p == pytest.approx(2 * t.sf(abs(value) / error, freedom), rel=1e-6)


def test_within_one_place_each_observation_is_left_out() -> None:
    counts = counts_of(World(units=1, size=90), seed=8)
    found = compare_arms(counts, LIMIT, by_unit=False)
    assert found is not None and found.freedom == np.inf
    rows = rows_of(counts)
    sizes = rows.groupby("stratum")["arm"].nunique()
    used = rows[rows["stratum"].isin(sizes.index[sizes == 2])].reset_index(drop=True)
    assert len(used) < len(rows), "a kind that only one arm has must be left out"
    without = np.array([plain(used.drop(index=row)) for row in used.index])
    n = len(used)
    errors = np.sqrt((n - 1) / n * ((without - without.mean(0)) ** 2).sum(0))
    for one, value, error in zip((found.reached, found.days), plain(rows), errors, strict=True):
        assert one.value == pytest.approx(value, rel=1e-9)
        assert one.high - one.value == pytest.approx(1.959964 * error, rel=1e-5)


def test_rows_that_stand_for_several_are_as_many_rows() -> None:
    single = counts_of(World(units=1, size=90), seed=4)
    names = ["stratum", "unit", "arm", "days", "event"]
    rows = pd.DataFrame({name: getattr(single, name) for name in names})
    grouped = rows.groupby(names, as_index=False).size()
    arrays = [grouped[name].to_numpy(np.int64, copy=True) for name in (*names, "size")]
    gathered = compare_arms(ArmCounts(*arrays), LIMIT, by_unit=False)
    assert_same(gathered, compare_arms(single, LIMIT, by_unit=False))


def assert_same(one: ArmsCompared | None, other: ArmsCompared | None) -> None:
    assert one is not None and other is not None
    for name in ("reached", "days"):
        first, second = getattr(one, name), getattr(other, name)
        for figure in ("value", "low", "high", "p"):
            assert getattr(first, figure) == pytest.approx(getattr(second, figure), rel=1e-9)
    assert one.n == other.n


def test_without_a_kind_that_has_both_there_is_no_comparison() -> None:
    ones = np.ones(4, np.int64)
    arm = np.array([0, 0, 1, 1])
    assert compare_arms(ArmCounts(arm, 0 * ones, arm, ones, ones, ones), 9, by_unit=True) is None


def test_a_single_unit_has_a_difference_and_no_interval() -> None:
    found = compare_arms(counts_of(World(units=1), seed=1), LIMIT, by_unit=True)
    assert found is not None
    assert np.isfinite(found.reached.value) and np.isnan(found.reached.low)
    assert found.clear == (False, False)


def test_arrays_that_do_not_fit_are_refused() -> None:
    ones = np.ones(3, np.int64)
    with pytest.raises(ValueError, match="same number of rows"):
        ArmCounts(ones, ones[:2], ones, ones, ones, ones)
    with pytest.raises(ValueError, match="days must not be negative"):
        ArmCounts(ones, ones, ones, -ones, ones, ones)


def runs(world: World, seeds: range = SEEDS, *, by_unit: bool = True) -> list[ArmsCompared]:
    found = [compare_arms(counts_of(world, seed), LIMIT, by_unit=by_unit) for seed in seeds]
    return [one for one in found if one is not None]


@pytest.mark.parametrize(
    "world",
    [World(), World(spread=0.3), World(units=12), World(units=53, size=60, confounding=1.5)],
)
def test_without_a_difference_no_word_is_said_more_often_than_five_in_a_hundred(
    world: World,
) -> None:
    """Although units that hand over bindingly are faster anyway, by far."""
    found = runs(world, MANY)
    assert np.mean([any(one.clear) for one in found]) <= 0.05
    assert np.mean([all(one.clear) for one in found]) <= 0.05


def test_what_was_recorded_alone_would_have_misled_in_all_of_them() -> None:
    raw = [compare_arms(counts_of(World(), s).unstratified(), LIMIT, by_unit=True) for s in SEEDS]
    assert sum(all(one.clear) for one in raw if one) >= 95


@pytest.mark.parametrize("units", [12, 53])
def test_a_planted_difference_lies_within_the_interval(units: int) -> None:
    world = World(units=units, effect=0.25, spread=0.2)
    aims = aim_of(world, range(1000, 1400))
    found = runs(world)
    for name, aim in zip(("reached", "days"), aims, strict=True):
        held = [getattr(one, name).low <= aim <= getattr(one, name).high for one in found]
        assert sum(held) >= 90
    if units == 53:
        assert sum(all(one.clear) for one in found) >= 90


def test_within_one_place_the_intervals_hold_as_well() -> None:
    world = World(units=1, size=400, effect=0.3)
    aims = aim_of(world, range(1000, 1400))
    for name, aim in zip(("reached", "days"), aims, strict=True):
        found = [getattr(one, name) for one in runs(world, by_unit=False)]
        assert sum(one.low <= aim <= one.high for one in found) >= 90
    none = runs(World(units=1, size=400), range(400), by_unit=False)
    assert np.mean([any(one.clear) for one in none]) <= 0.05
