"""Our estimators against borrowed ones on random panels: same numbers from other code."""

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from diff_diff import CallawaySantAnna, ImputationDiD
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from panels import Drawn, drawn_panel, staggered_starts

from analytics.stats.cell_outcomes import restricted_mean_days
from analytics.stats.did import average_effect
from analytics.stats.hazard import GroupedWaits, cell_log_hazards
from analytics.stats.imputation import NEVER
from analytics.stats.staggered import staggered_effects

SEEDS = range(6)


def long(panel: Drawn) -> pd.DataFrame:
    """Return one row per cell with a value, as the borrowed estimators read it."""
    units, quarters = panel.values.shape
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), quarters),
            "quarter": np.tile(np.arange(quarters), units),
            "value": panel.values.ravel(),
            "start": np.repeat(np.where(panel.starts == NEVER, 0, panel.starts), quarters),
        }
    )
    return frame.dropna(subset="value")


COLUMNS = {"outcome": "value", "unit": "unit", "time": "quarter", "first_treat": "start"}


@pytest.mark.parametrize("seed", SEEDS)
def test_imputation_with_one_start_is_the_borrowed_one(seed: int) -> None:
    """One start, nothing missing: all untreated cells tell the same levels as our two steps do."""
    panel = drawn_panel(seed, staggered_starts({5: 6}, never=14), 11, effect=0.7)
    borrowed = ImputationDiD().fit(long(panel), **COLUMNS)
    assert average_effect(panel.values, panel.starts).estimate == pytest.approx(
        borrowed.overall_att, abs=1e-9
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_imputation_with_gaps_is_least_squares(seed: int) -> None:
    """Levels by ordinary regression on dummies of the never treated; the rest is subtraction."""
    panel = drawn_panel(seed, staggered_starts({5: 3, 7: 3}, never=9), 11, missing=0.1)
    found = average_effect(panel.values, panel.starts)
    never = long(panel).query("start == 0")
    design = pd.get_dummies(never[["unit", "quarter"]].astype(str)).astype(float)
    solution, *_ = np.linalg.lstsq(design.to_numpy(), never["value"].to_numpy(), rcond=None)
    level = pd.Series(solution, design.columns)
    quarters = level[[f"quarter_{quarter}" for quarter in range(11)]].to_numpy()
    rest = panel.values[found.units] - quarters
    on = panel.is_on[found.units]
    after, before = np.where(on, rest, np.nan), np.where(on, np.nan, rest)
    own = np.nanmean(after, axis=1) - np.nanmean(before, axis=1)
    assert found.unit_effects == pytest.approx(own, abs=1e-6)
    cells = np.isfinite(after).sum(1)
    assert found.estimate == pytest.approx(np.average(own, weights=cells), abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_group_time_effects_are_the_borrowed_ones(seed: int) -> None:
    panel = drawn_panel(seed, staggered_starts({3: 4, 5: 6, 8: 5}, never=9), 11, effect=0.7)
    own = staggered_effects(panel.values, panel.starts, np.arange(24), base=1, least_pool=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        borrowed = CallawaySantAnna(
            control_group="not_yet_treated", base_period="universal"
        ).fit(long(panel), **COLUMNS)  # fmt: skip
    compared = 0
    for effect in own.effects:
        cell = borrowed.group_time_effects.get((effect.start, effect.quarter))
        if cell is not None:
            assert effect.estimate == pytest.approx(cell["effect"], abs=1e-9)
            compared += 1
    assert compared == 33


def waits(seed: int) -> tuple[GroupedWaits, pd.DataFrame]:
    """Return grouped waits and the same needs with a row for each interval that they lived."""
    random = np.random.default_rng(seed)
    size = 300
    cell, level = random.integers(0, 4, size), random.integers(-1, 2, size)
    hazard = 0.25 * np.exp(0.3 * cell - 0.4 * (level == 0) + 0.2 * (level == 1))
    last = np.floor(random.exponential(1 / hazard)).astype(int)
    is_event = last < 5
    grouped = GroupedWaits(cell, [level], np.minimum(last, 5), is_event, np.full(size, 2e5))
    lived = np.minimum(last, 4) + 1
    row = np.repeat(np.arange(size), lived)
    interval = np.concatenate([np.arange(count) for count in lived])
    frame = pd.DataFrame(
        {
            "cell": cell[row],
            "level": level[row],
            "interval": interval,
            "referred": (is_event[row] & (interval == last[row])).astype(float),
        }
    )
    return grouped, frame


@pytest.mark.parametrize("seed", SEEDS)
def test_log_hazards_are_those_of_the_expanded_model(seed: int) -> None:
    """statsmodels' binomial model with complementary log-log link, a row per interval lived.

    Each need counts 200,000 times, so that the penalty of half an event is nothing.
    """
    grouped, frame = waits(seed)
    found = cell_log_hazards(grouped, 4, 5)
    columns = frame[["cell", "level", "interval"]].astype(str)
    design = sm.add_constant(pd.get_dummies(columns, drop_first=True).astype(float))
    link = sm.families.links.CLogLog()
    fit = sm.GLM(frame["referred"], design, family=sm.families.Binomial(link=link)).fit(tol=1e-12)
    expected = [0.0, *(fit.params[f"cell_{cell}"] for cell in (1, 2, 3))]
    assert found - found[0] == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_restricted_means_are_those_of_lifelines(seed: int) -> None:
    random = np.random.default_rng(seed)
    cell, days = random.integers(0, 3, 500), random.integers(1, 260, 500)
    event, counts = random.integers(0, 3, 500), random.integers(1, 5, 500)
    found = restricted_mean_days(cell, days, event, counts, 3, 180)
    for one in range(3):
        own = cell == one
        curve = KaplanMeierFitter().fit(days[own], event[own] == 1, weights=counts[own])
        assert found[one] == pytest.approx(restricted_mean_survival_time(curve, t=180))
