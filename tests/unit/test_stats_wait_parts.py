"""The mean wait in parts: sums, plain arithmetic, and worlds in which one thing changes."""

import numpy as np
import pandas as pd
import pytest
from wait_worlds import (
    BODIES,
    LIMIT,
    QUARTERS,
    START,
    Change,
    counts_of,
    plain_weights,
    rows_of,
)

from analytics.stats import did
from analytics.stats.cell_outcomes import restricted_mean_days
from analytics.stats.class_waits import ClassWaits, class_waits
from analytics.stats.imputation import NEVER
from analytics.stats.wait_parts import WAYS, WaitParts, wait_parts

KINDS = 1 + BODIES * WAYS
STEPS = ("earlier", "handed", "bound_share", "after_bound", "after_unbound", "mix", "unknown")
STARTS = np.array((START,) * 8 + (NEVER,) * 12)
SEEDS = range(8)


def waits_of(rows: pd.DataFrame) -> ClassWaits:
    units = int(rows["unit"].max()) + 1
    return class_waits(counts_of(rows), units * QUARTERS, KINDS, LIMIT)


def parts_of(rows: pd.DataFrame) -> WaitParts:
    units = int(rows["unit"].max()) + 1
    before = np.tile(np.arange(QUARTERS) < START, (units, 1))
    return wait_parts(waits_of(rows), before, LIMIT)


@pytest.mark.parametrize("other", [900, 60, 15])
def test_classes_sum_to_the_restricted_mean_of_each_cell(other: float) -> None:
    """Also where ends are so many that nobody is left at the limit."""
    rows = rows_of(Change(), seed=1, size=12, other=other)
    counts, waits = counts_of(rows), waits_of(rows)
    expected = restricted_mean_days(
        counts.cell, counts.days, counts.event, counts.counts, len(waits.mass), LIMIT
    )
    assert (waits.before + waits.after).sum(1) == pytest.approx(expected, rel=1e-12)
    assert waits.mass.sum(1) == pytest.approx(np.ones(len(expected)), rel=1e-12)


@pytest.mark.parametrize("other", [900, 60])
def test_each_class_equals_weights_that_are_passed_on_by_hand(other: float) -> None:
    rows = rows_of(Change(), seed=2, size=12, other=other)
    counts, waits = counts_of(rows), waits_of(rows)
    for cell in range(0, len(waits.mass), 7):
        own = np.flatnonzero(counts.cell == cell)
        weights = plain_weights(counts.days[own].tolist(), counts.event[own].tolist())
        mass, before, after = np.zeros((3, KINDS))
        for weight, row in zip(weights, own, strict=True):
            kind, day = counts.kind[row], counts.days[row]
            wait = day if counts.event[row] == 1 else LIMIT
            first = counts.before[row] if counts.is_handed[row] else wait
            mass[kind] += weight
            before[kind] += weight * first
            after[kind] += weight * (wait - first)
        assert waits.mass[cell] == pytest.approx(mass, abs=1e-12)
        assert waits.before[cell] == pytest.approx(before, abs=1e-9)
        assert waits.after[cell] == pytest.approx(after, abs=1e-9)


def test_parts_equal_a_plain_calculation() -> None:
    """One unit with two quarters: the second is held against the first."""
    mass = np.array([[0.2, 0.3, 0.4, 0.1], [0.1, 0.6, 0.2, 0.1]])
    days = (
        np.array([[180.0, 30, 40, 20], [180.0, 25, 30, 20]]),
        np.array([[0.0, 20, 50, 30], [0.0, 15, 55, 30]]),
    )
    waits = ClassWaits(mass, mass * days[0], mass * days[1])
    parts = wait_parts(waits, np.array([[True, False]]), LIMIT)
    handed, known = (0.8, 0.9), (0.7 / 0.8, 0.8 / 0.9)
    bound = (3 / 7, 6 / 8)
    totals = [days[0][i] + days[1][i] for i in (0, 1)]
    documented = [bound[i] * totals[i][1] + (1 - bound[i]) * totals[i][2] for i in (0, 1)]
    whole = [known[i] * documented[i] + (1 - known[i]) * totals[i][3] for i in (0, 1)]
    reach, of_known, of_bound = (sum(pair) / 2 for pair in (handed, known, bound))
    assert parts.handed[0, 1] == pytest.approx(0.1 * (sum(whole) / 2 - 180))
    apart = (totals[0][1] + totals[1][1]) / 2 - (totals[0][2] + totals[1][2]) / 2
    step = bound[1] - bound[0]
    assert parts.bound_share[0, 1] == pytest.approx(reach * of_known * step * apart)
    assert parts.after_bound[0, 1] == pytest.approx(reach * of_known * of_bound * -5)
    assert parts.after_unbound[0, 1] == pytest.approx(reach * of_known * (1 - of_bound) * 5)
    earlier = reach * of_known * (of_bound * -5 + (1 - of_bound) * -10)
    assert parts.earlier[0, 1] == pytest.approx(earlier)
    silent = (known[1] - known[0]) * (sum(documented) / 2 - 50)
    assert parts.unknown[0, 1] == pytest.approx(reach * silent)
    assert parts.mix[0, 1] == 0
    assert parts.total[0].tolist() == pytest.approx([(mass[i] * totals[i]).sum() for i in (0, 1)])


def test_cells_without_needs_are_missing_and_not_zero() -> None:
    rows = rows_of(Change(), seed=3, size=10)
    rows = rows[(rows["unit"] != 4) | (rows["quarter"] != 9)]
    parts = parts_of(rows)
    for name in ("total", "before", "after", *STEPS):
        values = getattr(parts, name)
        assert np.isnan(values[4, 9]) and np.isfinite(values).sum() == values.size - 1
    assert np.isnan(parts.bodies[:, 4, 9]).all()


def test_a_class_or_cell_beyond_their_number_is_refused() -> None:
    counts = counts_of(rows_of(Change(), seed=3, size=2))
    with pytest.raises(ValueError, match="cells must be below"):
        class_waits(counts, 3, KINDS, LIMIT)
    with pytest.raises(ValueError, match="classes below 2"):
        class_waits(counts, 400, 2, LIMIT)


def estimates(change: Change, seeds: range = SEEDS, *, size: int = 80) -> pd.DataFrame:
    """Return estimate, low and high of all parts in each of several worlds."""
    found = []
    for seed in seeds:
        parts = parts_of(rows_of(change, seed, size=size))
        for name in ("total", "before", "after", *STEPS):
            one = did.average_effect(getattr(parts, name), STARTS)
            found.append((seed, name, one.estimate, one.low, one.high))
    return pd.DataFrame(found, columns=["seed", "part", "value", "low", "high"])


@pytest.mark.parametrize(
    ("change", "takes", "least"),
    [
        (Change(bound=0.3), "bound_share", 0.85),
        (Change(mix=0.7), "mix", 0.85),
        (Change(after_bound=0.5), "after_bound", 0.8),
    ],
    ids=["bound", "mix", "after"],
)
def test_the_part_that_changed_takes_the_change(change: Change, takes: str, least: float) -> None:
    found = estimates(change)
    means = found.groupby("part")["value"].mean()
    assert means["total"] < -2
    assert means[takes] / means["total"] > least
    assert means["before"] == pytest.approx(0, abs=1)
    # What did not change is told to have changed about as rarely as the intervals say.
    others = found[found["part"].isin(STEPS) & ~found["part"].isin([takes, "unknown"])]
    is_clear = (others["low"] > 0) | (others["high"] < 0)
    assert is_clear.mean() <= 0.15
    own = found[found["part"] == takes]
    assert (own["high"] < 0).all()


def test_a_faster_hand_over_falls_to_the_days_before_and_to_who_is_handed_over() -> None:
    means = estimates(Change(faster=0.6)).groupby("part")["value"].mean()
    assert means["earlier"] + means["handed"] < means["total"] < -10
    # Within the limit more days are then left for what follows: arithmetic, not a longer wait.
    assert means["after"] > 0
    assert abs(means[["bound_share", "mix"]]).max() < 0.5


def test_less_documentation_is_no_change_of_the_wait() -> None:
    means = estimates(Change(unknown=0.3)).groupby("part")["value"].mean()
    assert abs(means[[*STEPS, "total"]]).max() < 1


def test_small_cells_do_not_hide_a_larger_share_with_an_appointment() -> None:
    """In cells of twelve needs most classes are empty; in large ones it is 5.5 days."""
    means = estimates(Change(bound=0.3), range(60), size=12).groupby("part")["value"].mean()
    assert means["bound_share"] == pytest.approx(-5.5, abs=0.5)


def test_the_intervals_of_the_parts_hold_as_often_as_they_say() -> None:
    none = estimates(Change(), range(100), size=20)
    is_clear = (none["low"] > 0) | (none["high"] < 0)
    assert is_clear.groupby(none["part"]).mean().max() <= 0.1
    some = estimates(Change(bound=0.2, faster=0.8), range(100), size=20)
    aims = some.groupby("part")["value"].mean()[some["part"]].to_numpy()
    held = (some["low"] <= aims) & (aims <= some["high"])
    assert held.groupby(some["part"]).mean().min() >= 0.9
