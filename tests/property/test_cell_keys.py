"""Released counts of clocks: consistent for any data, the same for the same people, unbiased."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from analytics.disclosure.clock_steps import ClockSteps, released_steps
from analytics.disclosure.perturbation import perturbed
from analytics.disclosure.transition import DEVIATION, KEY_RANGE, SMALLEST

# A need: part, day, event and its own key.
# Multiplied by an odd number, as hypothesis likes small ones, which all mean one change.
KEY = st.integers(0, KEY_RANGE - 1).map(lambda key: key * 2_654_435_761 % KEY_RANGE)
NEED = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 2), KEY)
NEEDS = st.lists(NEED, max_size=80)


def _released(needs) -> ClockSteps:
    parts, days, events, keys = np.array(needs, dtype=np.int64).reshape(-1, 4).T
    return released_steps(parts, days, events, np.ones_like(parts), keys.astype(np.uint64))


def _rows(steps: ClockSteps, part: int | None = None):
    rows = zip(steps.parts, steps.days, steps.events, steps.needs, strict=True)
    return [tuple(map(int, row)) for row in rows if part is None or row[0] == part]


def _total(keys):
    """Return the figure of the cell whose members have these keys."""
    return int(perturbed(np.array([len(keys)]), np.array([sum(keys)]))[0])


def _upto(rows, day, event):
    return sum(needs for _, on, kind, needs in rows if on <= day and kind == event)


@settings(deadline=None)
@given(NEEDS)
def test_rows_are_ascending_distinct_and_positive(needs):
    rows = _rows(_released(needs))
    places = [row[:3] for row in rows]
    assert places == sorted(set(places))
    assert all(row[3] > 0 for row in rows)


@settings(deadline=None)
@given(NEEDS)
def test_each_part_adds_up_to_its_own_perturbed_total(needs):
    steps = _released(needs)
    for part in {need[0] for need in needs}:
        keys = [need[3] for need in needs if need[0] == part]
        assert sum(row[3] for row in _rows(steps, part)) == _total(keys)


@settings(deadline=None)
@given(NEEDS)
def test_nothing_happens_where_nothing_has_happened(needs):
    true = {need[:3] for need in needs}
    last = {part: max(n[1] for n in needs if n[0] == part) for part, *_ in needs}
    for part, day, event, _ in _rows(_released(needs)):
        assert (part, day, event) in true or (event, day) == (0, last[part])


@settings(deadline=None)
@given(NEEDS)
def test_cumulative_events_stay_near_the_truth_unless_the_total_cuts_them(needs):
    steps = _released(needs)
    for part in {need[0] for need in needs}:
        mine, rows = [need for need in needs if need[0] == part], _rows(steps, part)
        happened = sum(row[3] for row in rows if row[2])
        cut = happened == sum(row[3] for row in rows)
        for day in range(13):
            for kind in (1, 2):
                true = sum(need[1] <= day and need[2] == kind for need in mine)
                shown = _upto(rows, day, kind)
                assert shown <= true + DEVIATION
                assert cut or shown >= true - DEVIATION
                assert cut or shown == 0 or shown >= SMALLEST


@settings(deadline=None)
@given(NEEDS)
def test_all_events_of_a_kind_are_the_figure_of_their_own_cell(needs):
    """So a curve ends at the figure that any other table shows for the same needs."""
    steps = _released(needs)
    for part in {need[0] for need in needs}:
        rows = _rows(steps, part)
        ends = [_total([n[3] for n in needs if (n[0], n[2]) == (part, kind)]) for kind in (1, 2)]
        if sum(ends) <= sum(row[3] for row in rows):
            assert [_upto(rows, 12, kind) for kind in (1, 2)] == ends


@settings(deadline=None)
@given(NEEDS, NEEDS)
def test_the_same_people_have_the_same_figures_wherever_they_are_counted(needs, others):
    """Whatever part they are, whatever is counted beside them, in whatever order of rows."""
    mine = [need for need in needs if need[0] == 2]
    alone = _rows(_released([(7, *need[1:]) for need in mine]))
    among = _rows(_released([n for n in others if n[0] != 2] + needs[::-1]), 2)
    assert [row[1:] for row in among if mine] == [row[1:] for row in alone]


@settings(deadline=None)
@given(NEEDS)
def test_grouped_rows_give_what_single_needs_give(needs):
    grouped = {}
    for *place, key in needs:
        count, keys = grouped.get(tuple(place), (0, 0))
        grouped[tuple(place)] = (count + 1, (keys + key) % KEY_RANGE)
    table = np.array([(*place, *cell) for place, cell in grouped.items()], dtype=np.int64)
    parts, days, events, counts, keys = table.reshape(-1, 5).T
    steps = released_steps(parts, days, events, counts, keys.astype(np.uint64))
    assert _rows(steps) == _rows(_released(needs))


@settings(deadline=None)
@given(st.lists(KEY, min_size=1, max_size=60))
def test_a_share_of_all_is_one_in_the_release_too(keys):
    """All needs with an event and all needs are one cell, so nothing is left open."""
    rows = _rows(_released([(0, place % 5, 1, key) for place, key in enumerate(keys)]))
    assert {row[2] for row in rows} <= {1}


def test_excess_is_taken_from_the_last_steps_on_one_day_from_the_second_kind():
    keys = (3_000_000_000, 3_200_000_000)  # each need alone is shown as 3, so are both together
    assert [_total([key]) for key in keys] == [3, 3]
    assert _total(keys) == 3
    for days, kept in (((3, 2), (0, 2, 2, 3)), ((2, 3), (0, 2, 1, 3)), ((3, 3), (0, 3, 1, 3))):
        needs = [(0, days[0], 1, keys[0]), (0, days[1], 2, keys[1])]
        assert _rows(_released(needs)) == [kept]


def test_what_is_left_of_the_total_is_open_on_the_last_day():
    # Each need alone is shown as none, all three together as 3.
    few = [(0, 1, 1, 10), (0, 4, 0, 20), (0, 9, 2, 1_000_000_000)]
    assert [_total([key]) for *_, key in few] == [0, 0, 0]
    assert _total([key for *_, key in few]) == 3
    assert _rows(_released(few)) == [(0, 4, 0, 3)]
    assert _rows(_released([(0, 1, 1, 10), (0, 4, 2, 20), (0, 9, 2, 1_000_000_000)])) == [
        (0, 9, 0, 3)
    ]


def test_wrong_input_is_refused():
    one, key = np.array([1]), np.array([1], dtype=np.uint64)
    with pytest.raises(ValueError, match="one length"):
        released_steps(one, one, one, np.array([1, 2]), key)
    with pytest.raises(ValueError, match="0, 1 or 2"):
        released_steps(one, one, np.array([3]), one, key)
    with pytest.raises(ValueError, match="negative"):
        released_steps(one, one, one, -one, key)
    with pytest.raises(ValueError, match="whole"):
        released_steps(one, one, one, one, np.array([1.0]))


def test_no_needs_give_no_rows():
    assert _rows(_released([])) == []


def _many(parts: int, events: int, still_open: int):
    """Return the needs of parts that are alike but for their keys: one event each day."""
    rng = np.random.default_rng(events)
    days = np.append(np.arange(events), np.full(still_open, events))
    kinds = np.append(np.ones(events), np.zeros(still_open))
    size = parts * days.size
    return (
        np.repeat(np.arange(parts), days.size),
        np.tile(days, parts),
        np.tile(kinds, parts).astype(np.int64),
        np.ones(size, dtype=np.int64),
        rng.integers(0, KEY_RANGE, size, dtype=np.uint64),
    )


@pytest.mark.parametrize("day", [10, 20, 39])
def test_curves_have_no_bias(day):
    parts = 4000
    steps = released_steps(*_many(parts, events=40, still_open=30))
    chosen = (steps.events == 1) & (steps.days <= day)
    shown = np.bincount(steps.parts[chosen], steps.needs[chosen], parts)
    assert abs(shown.mean() - (day + 1)) <= 4 * shown.std() / np.sqrt(parts)
    assert shown.var() <= 2.2


def test_keys_of_cells_are_uniform():
    """Sums of uniform keys are uniform whatever the size of the cell, in each of 256 classes."""
    rng = np.random.default_rng(8)
    cells = 50_000
    for members in (1, 2, 30):
        keys = rng.integers(0, KEY_RANGE, (cells, members), dtype=np.uint64).sum(axis=1)
        found = np.bincount((keys % np.uint64(KEY_RANGE) >> np.uint64(24)).astype(int))
        expected = cells / 256
        assert ((found - expected) ** 2 / expected).sum() < chi2.ppf(0.999, 255)
