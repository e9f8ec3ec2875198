"""Parts of a mean wait add up to it, whatever the needs are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.stats import did
from analytics.stats.cell_outcomes import restricted_mean_days
from analytics.stats.class_waits import WaitCounts, class_waits
from analytics.stats.imputation import NEVER
from analytics.stats.wait_parts import WAYS, wait_parts

LIMIT, UNITS, QUARTERS, BODIES = 30, 5, 4, 2
CELLS, KINDS = UNITS * QUARTERS, 1 + BODIES * WAYS
STEPS = ("earlier", "handed", "bound_share", "after_bound", "after_unbound", "mix", "unknown")

NEED = st.tuples(
    st.integers(0, CELLS - 1),
    st.integers(0, KINDS - 1),
    st.integers(0, LIMIT),
    st.integers(0, 2),
    st.integers(1, 5),
    st.floats(0, 1),
)


def counts_of(needs: list[tuple[int, int, int, int, int, float]]) -> WaitCounts:
    cell, kind, days, event, counts = (
        np.array([need[place] for need in needs], dtype=np.int64) for place in range(5)
    )
    handed = kind > 0
    # A need that starts within the limit was handed over by then.
    event = np.where((event == 1) & ~handed, 0, event)
    first = np.floor(np.array([need[5] for need in needs]) * days).astype(np.int64)
    return WaitCounts(cell, kind, days, event, counts, counts * first, handed)


@settings(deadline=None, max_examples=200)
@given(st.lists(NEED, min_size=1, max_size=120), st.integers(1, QUARTERS - 1))
def test_parts_sum_to_the_wait_less_that_of_the_reference(
    needs: list[tuple[int, int, int, int, int, float]], start: int
) -> None:
    counts = counts_of(needs)
    waits = class_waits(counts, CELLS, KINDS, LIMIT)
    parts = wait_parts(waits, np.tile(np.arange(QUARTERS) < start, (UNITS, 1)), LIMIT)
    expected = restricted_mean_days(
        counts.cell, counts.days, counts.event, counts.counts, CELLS, LIMIT
    ).reshape(UNITS, QUARTERS)
    assert parts.total == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert parts.before + parts.after == pytest.approx(expected, abs=1e-9, nan_ok=True)
    steps = sum(getattr(parts, name) for name in STEPS)
    bodies = parts.bodies.sum(0) + parts.handed + parts.mix
    for sums in (steps, bodies):
        level = expected - sums  # the unit's reference: the same in all of its quarters
        for row in level:
            known = row[np.isfinite(row)]
            assert known == pytest.approx(np.full(known.size, known[:1].sum()), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_estimates_of_parts_sum_to_the_estimate_of_the_whole(seed: int) -> None:
    random = np.random.default_rng(seed)
    needs = [
        (cell, int(random.integers(KINDS)), int(random.integers(LIMIT + 1)),
         int(random.integers(3)), int(random.integers(1, 4)), float(random.random()))
        for cell in range(CELLS) for _ in range(int(random.integers(1, 9)))
    ]  # fmt: skip
    starts = np.array([2, 3, NEVER, NEVER, NEVER])
    reference = np.arange(QUARTERS) < np.where(starts == NEVER, 2, starts)[:, None]
    waits = class_waits(counts_of(needs), CELLS, KINDS, LIMIT)
    parts = wait_parts(waits, reference, LIMIT)

    def estimate(values: np.ndarray) -> float:
        return did.average_effect(values, starts, least_before=1).estimate

    whole = estimate(parts.total)
    assert estimate(parts.before) + estimate(parts.after) == pytest.approx(whole, abs=1e-8)
    assert sum(estimate(getattr(parts, name)) for name in STEPS) == pytest.approx(whole, abs=1e-8)
    between = estimate(parts.handed) + estimate(parts.mix)
    assert sum(map(estimate, parts.bodies)) + between == pytest.approx(whole, abs=1e-8)
