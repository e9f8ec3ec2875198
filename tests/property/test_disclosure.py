"""Nobody who sees a released table, and knows the rules, can work out a small count.

The reader of these tests is the attacker: every vector of counts that would have led to the same
released table is tried, and a small count is safe if it differs between two of them.
"""

from collections.abc import Callable, Iterator
from itertools import chain, product

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.disclosure import (
    MIN_AT_RISK,
    MIN_COUNT,
    MIN_DURATION_N,
    release_counts,
    release_crossed,
    release_curve,
    release_durations,
    release_nested,
    release_shares,
)

Counts = NDArray[np.int64]
# Around the limit, where the rules have to decide; and zeros, which are shown.
PART = st.one_of(st.integers(0, 6), st.integers(0, 14))
PARTS = st.lists(PART, min_size=1, max_size=5).map(lambda parts: np.array(parts, dtype=np.int64))


def _small(counts: Counts) -> NDArray[np.bool_]:
    return (counts > 0) & (counts < MIN_COUNT)


def _all_are_one(counts: Counts) -> bool:
    """Say whether only hiding the total could help, as the documentation of the rule says."""
    return bool((counts == 1).all())


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to split ``total`` into ``parts`` numbers of at least 0."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _rivals(counts: Counts, hidden: NDArray[np.bool_]) -> Iterator[Counts]:
    """Yield all counts with the same shown parts and the same total, likely ones first."""
    concealed = counts[hidden]
    turned = (np.roll(concealed, by) for by in range(1, concealed.size))
    for guess in chain(turned, _splits(int(concealed.sum()), concealed.size)):
        rival = counts.copy()
        rival[hidden] = guess
        yield rival


def _told(counts: Counts, release: Callable[[Counts], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Return which parts have the same value in every vector that gives the same table."""
    shown = release(counts)
    told = np.ones(counts.size, dtype=np.bool_)
    for rival in _rivals(counts, ~shown):
        if (rival != counts).any() and (release(rival) == shown).all():
            told &= rival == counts
        if not told[_small(counts)].any():
            break
    return told


@given(PARTS)
@example(np.array([1, 1, 1, 1, 1, 40]))
@example(np.array([4, 4, 4, 5, 30]))
@example(np.array([5, 5, 4]))
@example(np.array([2, 2, 2, 0, 9]))
@settings(max_examples=150, deadline=None)
def test_no_small_part_can_be_told_from_the_total(counts: Counts) -> None:
    total = int(counts.sum())
    assume(total >= MIN_COUNT and not _all_are_one(counts[counts > 0]))
    shown = release_counts(counts)
    assert not (shown & _small(counts)).any()
    if (~shown).any():
        assert not _told(counts, release_counts)[_small(counts)].any()


@given(PARTS)
@settings(deadline=None)
def test_what_needs_no_protection_is_shown(counts: Counts) -> None:
    if not _small(counts).any():
        assert release_counts(counts).all()


@given(PARTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_parts_does_not_matter(counts: Counts, random: object) -> None:
    order = np.array(random.sample(range(counts.size), counts.size))  # type: ignore[attr-defined]
    assert (release_counts(counts)[order] == release_counts(counts[order])).all()


@given(st.lists(st.integers(0, 2_000), min_size=20, max_size=60))
@settings(deadline=None)
def test_little_is_hidden_besides_the_small_parts(parts: list[int]) -> None:
    counts = np.array(parts, dtype=np.int64)
    beside = ~release_counts(counts) & ~_small(counts)
    people = counts[beside & (counts > 0)]
    # One more size of part, or two where the first adds nothing that could be mistaken.
    assert np.unique(people).size <= 2


@given(
    st.lists(st.tuples(PART, PART), min_size=2, max_size=3),
)
@example([(1, 4), (4, 6)])
@example([(0, 3), (3, 9)])
@settings(max_examples=60, deadline=None)
def test_no_small_number_of_events_can_be_told_from_shares(
    pairs: list[tuple[int, int]],
) -> None:
    events = np.array([pair[0] for pair in pairs], dtype=np.int64)
    trials = events + np.array([pair[1] for pair in pairs], dtype=np.int64)
    # The state's own share is shown only where it reveals nothing either.
    assume(release_shares([events.sum()], [trials.sum()])[0])
    shown = release_shares(events, trials)
    for part in (events, trials - events, trials):
        assert not (shown & _small(part)).any()
    known_trials = release_counts(trials)
    hidden = ~shown
    if not hidden.any() or not known_trials.all():
        return  # where numbers of trials are hidden too, the attacker knows strictly less
    open_events = trials[hidden].tolist()
    assume(np.prod([n + 1 for n in open_events]) < 4_000)
    feasible = [
        guess
        for guess in product(*(range(n + 1) for n in open_events))
        if sum(guess) == events[hidden].sum()
    ]
    for position, value in enumerate(events[hidden].tolist()):
        rest = open_events[position] - value
        if 0 < value < MIN_COUNT or 0 < rest < MIN_COUNT:
            assert len({guess[position] for guess in feasible}) > 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
@settings(deadline=None)
def test_durations_rest_on_enough_people(sizes: list[int]) -> None:
    n = np.array(sizes, dtype=np.int64)
    assert (n[release_durations(n)] >= MIN_DURATION_N).all()


@given(st.lists(st.tuples(st.integers(0, 3), PART), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_parts_of_parts_cannot_be_told_from_any_total(parts: list[tuple[int, int]]) -> None:
    groups = np.array([group for group, _ in parts])
    counts = np.array([count for _, count in parts], dtype=np.int64)
    shown = release_nested(release_counts, groups, counts)
    assert not (shown & _small(counts)).any()
    codes, index = np.unique(groups, return_inverse=True)
    totals = np.array([counts[groups == code].sum() for code in codes], dtype=np.int64)
    table_of_groups = release_counts(totals)
    # A hidden group gives away none of its parts, or it could be summed up from them.
    assert not shown[~table_of_groups[index]].any()
    for code in codes[table_of_groups]:
        own = counts[groups == code]
        if _small(own).any() and own.size > 1 and not _all_are_one(own[own > 0]):
            assert not _told(own, release_counts)[_small(own)].any()


@given(st.lists(st.tuples(st.sampled_from("ab"), PART), min_size=1, max_size=6))
@example([("a", 3), ("a", 40), ("b", 6), ("b", 50)])
@settings(max_examples=100, deadline=None)
def test_no_small_part_can_be_told_from_the_sum_of_its_group(parts: list[tuple[str, int]]) -> None:
    groups = [group for group, _ in parts]
    counts = np.array([count for _, count in parts], dtype=np.int64)
    shown = release_counts(counts, groups=groups)
    assert not (shown & _small(counts)).any()
    for group in set(groups):
        own = np.array([name == group for name in groups])
        if not _small(counts[own]).any() or not shown[own].any():
            continue
        # Any order of the hidden parts gives the same table, so two sizes hide each other.
        concealed = counts[own & ~shown]
        assert concealed.min() < concealed.max() and concealed.sum() >= MIN_COUNT


def test_a_group_of_one_part_is_shown_exactly_where_the_group_is() -> None:
    groups = np.array(["a", "b", "c", "c", "d"])
    counts = np.array([3, 6, 5, 40, 60])
    table_of_groups = release_counts(np.array([3, 6, 45, 60]))
    shown = release_nested(release_counts, groups, counts)
    assert shown[[0, 1, 4]].tolist() == table_of_groups[[0, 1, 3]].tolist()


CROSSED = [("a", 0), ("b", 0), ("c", 1), ("d", 1), ("s", 0), ("s", 1), ("t", 0), ("t", 1)]
"""Four wholes of one part, two split between both groups, as districts with a model town are."""


@given(st.lists(PART, min_size=len(CROSSED), max_size=len(CROSSED)))
@settings(max_examples=60, deadline=None)
def test_parts_cannot_be_told_from_wholes_and_groups_together(parts: list[int]) -> None:
    counts = np.array(parts, dtype=np.int64)
    wholes, groups = np.array([w for w, _ in CROSSED]), np.array([g for _, g in CROSSED])
    nested = release_nested(release_counts, wholes, counts)
    alone = np.array([name in "abcd" for name in wholes])
    shown = release_crossed(nested, alone, groups, counts)
    assert not (shown & ~nested).any()
    # Wholes of one part are shown in their own table, whatever is decided here.
    assert (shown[alone] == nested[alone]).all()
    for group in (0, 1):
        concealed = counts[(groups == group) & ~shown]
        people = concealed[concealed > 0]
        # One of several hidden parts stands for anything up to their sum; zeros may be among them.
        assert concealed.size != 1 or people.size == 0 or not _small(people).any()


def test_a_unit_is_not_told_by_subtraction_from_its_group() -> None:
    wholes = np.array(["a", "b", "c", "d", "s", "s"])
    groups = np.array([0, 0, 1, 1, 0, 1])
    counts = np.array([3, 40, 6, 50, 20, 30])
    nested = release_nested(release_counts, wholes, counts)
    # Beside the districts "c" hides "a"; of group 0 only "a" is hidden, which its total would tell.
    assert nested.tolist() == [False, True, False, True, True, True]
    crossed = release_crossed(nested, wholes != "s", groups, counts)
    assert crossed.tolist() == [False, True, False, True, False, False]


def test_split_wholes_are_shown_where_nothing_else_is_hidden() -> None:
    shown = np.ones(3, dtype=np.bool_)
    alone, groups = np.array([True, False, False]), np.array([0, 0, 1])
    assert release_crossed(shown, alone, groups, np.array([7, 8, 9])).all()


def test_a_split_whole_is_hidden_even_where_only_one_of_its_parts_is_in_the_data() -> None:
    shown, alone = np.array([False, True, True]), np.array([True, False, True])
    crossed = release_crossed(shown, alone, np.array([0, 0, 1]), np.array([1, 24, 30]))
    assert crossed.tolist() == [False, False, True]


@st.composite
def curves(draw: st.DrawFn) -> tuple[Counts, Counts]:
    """Draw the numbers at risk and of events on some days; others leave without an event."""
    events = np.array(draw(st.lists(st.integers(0, 8), min_size=1, max_size=40)), dtype=np.int64)
    others = draw(st.lists(st.integers(0, 6), min_size=events.size, max_size=events.size))
    leaving = events + np.array(others, dtype=np.int64)
    start = int(leaving.sum()) + draw(st.integers(0, 20))
    return start - np.concatenate([[0], np.cumsum(leaving)[:-1]]), events


@given(curves())
@settings(deadline=None)
def test_no_step_of_a_curve_stands_for_few(curve: tuple[Counts, Counts]) -> None:
    at_risk, events = curve
    kept = release_curve(at_risk, events)
    assert (at_risk[kept] >= MIN_AT_RISK).all()
    if kept.size:
        upto = np.cumsum(events)[kept]
        assert (np.diff(upto, prepend=0) >= MIN_COUNT).all()
        drops = -np.diff(at_risk[kept], prepend=at_risk[0])
        assert not _small(drops).any()


@pytest.mark.parametrize("empty", [np.array([], dtype=np.int64)])
def test_nothing_is_released_from_nothing(empty: Counts) -> None:
    assert release_counts(empty).size == 0
    assert release_shares(empty, empty).size == 0
    assert release_curve(empty, empty).size == 0
    assert release_nested(release_counts, empty, empty).size == 0
