"""Funnels, control charts and peers on random input: what must hold for any data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from analytics.stats.control_chart import xmr
from analytics.stats.funnel import overdispersion, proportion_limits, ratio_limits
from analytics.stats.peers import everyone, nearest, usual_reach

LEVELS = st.sampled_from([0.8, 0.95, 0.998])
SIZES = st.lists(st.integers(1, 10**6), min_size=1, max_size=20)
SERIES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


@given(sizes=SIZES, share=st.floats(0.001, 0.999), level=LEVELS)
@settings(max_examples=60, deadline=None)
def test_shares_beyond_the_limits_are_rarer_than_the_level_says(
    sizes: list[int], share: float, level: float
) -> None:
    n = np.array(sizes)
    limits = proportion_limits(n, share, level)
    assert ((limits.low >= 0) & (limits.low <= share)).all()
    assert ((limits.high >= share) & (limits.high <= 1)).all()
    tail = (1 - level) / 2 + 1e-9
    # The largest number of events below the lower limit, the smallest above the upper one.
    assert (binom.cdf(np.ceil(limits.low * n - 1e-6) - 1, n, share) <= tail).all()
    assert (binom.sf(np.floor(limits.high * n + 1e-6), n, share) <= tail).all()


@given(sizes=SIZES, share=st.floats(0.001, 0.999), level=LEVELS)
@settings(max_examples=40, deadline=None)
def test_limits_of_the_opposite_share_are_the_mirror_image(
    sizes: list[int], share: float, level: float
) -> None:
    limits = proportion_limits(sizes, share, level)
    opposite = proportion_limits(sizes, 1 - share, level)
    assert opposite.low == pytest.approx(1 - limits.high, abs=1e-9)


@given(expected=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20), phi=st.floats(1, 50))
@settings(max_examples=40, deadline=None)
def test_limits_widen_with_the_level_and_with_overdispersion(
    expected: list[float], phi: float
) -> None:
    narrow, wide = ratio_limits(expected, 0.95), ratio_limits(expected, 0.998)
    dispersed = ratio_limits(expected, 0.95, phi=phi)
    for outer in (wide, dispersed):
        assert (outer.low <= narrow.low + 1e-12).all()
        assert (outer.high >= narrow.high - 1e-12).all()


@given(expected=st.floats(0.05, 7.99), level=LEVELS)
@settings(max_examples=100, deadline=None)
def test_few_expected_events_are_rarely_outside(expected: float, level: float) -> None:
    limits = ratio_limits([expected], level)
    counts = np.arange(200)
    outside = np.array([limits.side([count / expected])[0] != 0 for count in counts])
    assert poisson.pmf(counts[outside], expected).sum() <= 1 - level + 1e-9


@given(scores=st.lists(st.floats(-50, 50), min_size=2, max_size=60))
@settings(max_examples=60, deadline=None)
def test_drawing_in_extremes_never_adds_variation(scores: list[float]) -> None:
    result = overdispersion(scores)
    assert 0 <= result.phi <= max(each**2 for each in scores) + 1e-9
    assert result.factor >= 1


@given(series=SERIES, shift=st.floats(-1e3, 1e3), screened=st.booleans())
@settings(max_examples=60, deadline=None)
def test_limits_follow_the_series(series: list[float], shift: float, screened: bool) -> None:
    values = np.array(series)
    chart = xmr(values, screened=screened)
    moved = xmr(values + shift, screened=screened)
    (segment,), (other,) = chart.segments, moved.segments
    assert other.mean == pytest.approx(segment.mean + shift, abs=1e-6)
    if segment.low is not None and segment.high is not None:
        assert segment.low <= segment.mean <= segment.high
        unscreened = xmr(values, screened=False).segments[0]
        assert unscreened.high is not None
        assert segment.high <= unscreened.high + 1e-6


@given(series=SERIES, data=st.data())
@settings(max_examples=60, deadline=None)
def test_each_segment_is_a_chart_of_its_own(series: list[float], data: st.DataObject) -> None:
    border = data.draw(st.integers(0, len(series) - 1))
    if border == 0:
        return
    chart = xmr(series, rebase=[border])
    parts = xmr(series[:border]), xmr(series[border:])
    assert chart.signals == parts[0].signals + parts[1].signals
    assert [each.mean for each in chart.segments] == [part.segments[0].mean for part in parts]


FIGURES = st.floats(-1e3, 1e3).map(lambda value: round(value, 6))
"""As finely as figures of a district are told: a spread of a millionth of a millionth is none."""


@given(
    values=st.lists(st.tuples(*[FIGURES] * 3), min_size=3, max_size=20),
    scale=st.floats(0.01, 100),
    k=st.integers(1, 25),
)
@settings(max_examples=60, deadline=None)
def test_peers_do_not_depend_on_the_unit_of_measurement(
    values: list[tuple[float, ...]], scale: float, k: int
) -> None:
    keys = [f"{number:05d}" for number in range(len(values))]
    table = pd.DataFrame(values, index=keys, columns=["a", "b", "c"])
    found = nearest(table, keys[0], k)
    again = nearest(table * scale, keys[0], k)
    assert len(found.peers) == min(k, len(values) - 1)
    distances = [peer.distance for peer in found.peers]
    assert distances == sorted(distances)
    assert keys[0] not in [peer.unit for peer in found.peers]
    assert [peer.distance for peer in again.peers] == pytest.approx(distances, abs=1e-6)
    for peer in found.peers:
        assert peer.distance == pytest.approx(np.linalg.norm(peer.differences))
        assert sum(peer.shares) == pytest.approx(1.0 if peer.distance else 0.0)


@given(
    values=st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 2), min_size=2, max_size=15),
    scale=st.floats(0.01, 100),
    k=st.integers(1, 20),
)
@settings(max_examples=60, deadline=None)
def test_rings_grow_without_changing_and_the_usual_reach_leaves_most_inside(
    values: list[tuple[float, ...]], scale: float, k: int
) -> None:
    keys = [f"{number:05d}" for number in range(len(values))]
    table = pd.DataFrame(values, index=keys, columns=["a", "b"])
    whole = everyone(table, keys[0])
    assert {peer.unit for peer in whole.peers} == set(keys[1:])
    assert nearest(table, keys[0], k).peers == whole.peers[:k]
    reach = usual_reach(table)
    assert usual_reach(table * scale) == pytest.approx(reach, abs=1e-6)
    nearest_distances = [everyone(table, key).peers[0].distance for key in keys]
    assert np.mean(np.array(nearest_distances) <= reach + 1e-9) >= 0.75
