"""What holds for the effect estimators on any panel."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from panels import Drawn, drawn_panel, staggered_starts

from analytics.stats.did import Effect, NoComparisonError, average_effect
from analytics.stats.event_study import event_study
from analytics.stats.imputation import NEVER
from analytics.stats.staggered import LEAST_POOL, Staggered, staggered_effects

QUARTERS = 12


@st.composite
def panels(draw: st.DrawFn) -> Drawn:
    starts = staggered_starts(
        {5: draw(st.integers(1, 5)), 7: draw(st.integers(1, 5)), 8: draw(st.integers(0, 4))},
        never=draw(st.integers(5, 14)),
    )
    gaps = draw(st.sampled_from([0.0, 0.1]))
    return drawn_panel(draw(st.integers(0, 10**6)), starts, QUARTERS, missing=gaps)


def did(panel: Drawn) -> Effect:
    return average_effect(panel.values, panel.starts)


def staggered(panel: Drawn) -> Staggered:
    return staggered_effects(panel.values, panel.starts, np.arange(len(panel.starts)))


def by_distance(panel: Drawn) -> np.ndarray:
    try:
        return event_study(panel.values, panel.starts).estimates
    except NoComparisonError:
        return np.array([])


def estimates(panel: Drawn) -> np.ndarray:
    """Return all that is estimated from a panel, with the errors."""
    own, groups = did(panel), staggered(panel)
    cells = [[each.estimate, each.error] for each in groups.effects]
    average = [groups.average.estimate, groups.average.error]
    return np.concatenate(
        [[own.estimate, own.error, own.freedom], average, np.ravel(cells), by_distance(panel)]
    )


def estimable(panel: Drawn) -> bool:
    """Say whether enough units are there in every quarter and before every start."""
    seen = np.isfinite(panel.values)
    treated = panel.starts != NEVER
    early = seen & ~panel.is_on
    return bool(
        seen[~treated].sum(0).min() >= 3
        and (early[treated].sum(1) >= 4).all()
        and treated.sum() >= 3
    )


@given(panel=panels(), seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_levels_of_units_and_quarters_do_not_matter(panel: Drawn, seed: int) -> None:
    assume(estimable(panel))
    random = np.random.default_rng(seed)
    units = random.normal(scale=10, size=(len(panel.starts), 1))
    quarters = random.normal(scale=10, size=(1, QUARTERS))
    moved = Drawn(panel.values + units + quarters, panel.starts)
    # The levels are anchored by a weight of 1e-9, which is what the tolerance allows for.
    assert estimates(moved) == pytest.approx(estimates(panel), abs=1e-5, nan_ok=True)


@given(panel=panels(), effect=st.floats(-5, 5))
@settings(max_examples=40, deadline=None)
def test_an_effect_of_all_treated_cells_is_found_in_full(panel: Drawn, effect: float) -> None:
    assume(estimable(panel))
    moved = Drawn(panel.values + effect * panel.is_on, panel.starts)
    before, after = did(panel), did(moved)
    assert after.estimate - before.estimate == pytest.approx(effect, abs=1e-6)
    assert after.error == pytest.approx(before.error, abs=1e-6)
    first, second = staggered(panel), staggered(moved)
    assert second.average.estimate - first.average.estimate == pytest.approx(effect, abs=1e-9)
    for one, other in zip(first.effects, second.effects, strict=True):
        if not one.refused:
            shift = effect * (one.quarter >= one.start)
            assert other.estimate - one.estimate == pytest.approx(shift, abs=1e-9)


@given(panel=panels(), seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_the_order_of_units_does_not_matter(panel: Drawn, seed: int) -> None:
    assume(estimable(panel))
    order = np.random.default_rng(seed).permutation(len(panel.starts))
    shuffled = Drawn(panel.values[order], panel.starts[order])
    assert estimates(shuffled) == pytest.approx(estimates(panel), abs=1e-6, nan_ok=True)
    assert did(shuffled).without == pytest.approx(did(panel).without[order], nan_ok=True)


@given(panel=panels())
@settings(max_examples=40, deadline=None)
def test_influences_add_up_to_the_error(panel: Drawn) -> None:
    assume(estimable(panel))
    own, groups = did(panel), staggered(panel)
    assert (own.influence**2).sum() == pytest.approx(own.error**2)
    assert (groups.influence**2).sum() == pytest.approx(groups.average.error**2)


@given(panel=panels())
@settings(max_examples=60, deadline=None)
def test_small_pools_are_refused_and_no_others(panel: Drawn) -> None:
    assume(estimable(panel))
    seen = np.isfinite(panel.values)
    for effect in staggered(panel).effects:
        base = seen[:, effect.start - 4 : effect.start].sum(1) >= 2
        known = base & seen[:, effect.quarter]
        waiting = panel.starts > max(effect.quarter, effect.start)
        assert effect.pool == (known & waiting).sum()
        assert effect.units == (known & (panel.starts == effect.start)).sum()
        if effect.units:
            assert (effect.refused == "small_pool") == (effect.pool < LEAST_POOL)
        assert np.isnan(effect.estimate) == bool(effect.refused)
