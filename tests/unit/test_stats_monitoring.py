"""Funnels, control charts, peers and honest intervals: edges and bad input."""

import numpy as np
import pandas as pd
import pytest

from analytics.stats.control_chart import Signal, xmr
from analytics.stats.funnel import (
    overdispersion,
    proportion_limits,
    proportion_scores,
    ratio_limits,
    ratio_scores,
)
from analytics.stats.honest import relative_magnitudes
from analytics.stats.peers import everyone, nearest, usual_reach


def test_no_observations_give_no_limits_and_no_side() -> None:
    limits = proportion_limits([0, 100], 0.5)
    assert np.isnan(limits.low[0])
    assert limits.side([np.nan, 0.9]).tolist() == [0, 1]
    assert limits.side([0.0, 0.1]).tolist() == [0, -1]
    assert np.isnan(ratio_limits([0.0, 3.5]).high[0])


def test_limits_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        ratio_limits([3]).low[0] = 1


def test_scores_leave_out_units_without_observations() -> None:
    assert proportion_scores([0, 60], [0, 100], 0.5) == pytest.approx([2.0])
    assert ratio_scores([25], [16]) == pytest.approx([2.25])


def test_variation_within_chance_widens_nothing() -> None:
    assert overdispersion([1.2, -1.1, 0.9, -1.3, 1.0, -1.2]).factor == 1
    assert overdispersion([4, -4, 5, -5, 3, -6]).factor > 10


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion_limits([10], 1.0), "baseline"),
        (lambda: proportion_limits([1.5], 0.5), "whole"),
        (lambda: proportion_limits([10], 0.5, 1.0), "confidence"),
        (lambda: proportion_limits([10], 0.5, phi=0.5), "phi"),
        (lambda: ratio_limits([-1]), "negative"),
        (lambda: ratio_limits([5]).side([1, 2]), "shape"),
        (lambda: proportion_scores([5], [4], 0.5), "exceed"),
        (lambda: proportion_scores([1], [4], 0.0), "baseline"),
        (lambda: ratio_scores([5], [0]), "positive"),
        (lambda: overdispersion([1, 2], winsorised=0.5), "winsorised"),
        (lambda: overdispersion([1, 2], parameters=2), "more scores"),
        (lambda: xmr([]), "empty"),
        (lambda: xmr([1, np.nan]), "missing"),
        (lambda: xmr([1, 2, 3], rebase=[0]), "rebase"),
        (lambda: xmr([1, 2, 3], rebase=[2, 1]), "rebase"),
        (lambda: xmr([1, 2, 3], rebase=[3]), "rebase"),
    ],
)
def test_bad_input_of_charts_is_named(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_seven_on_one_side_are_a_run_and_six_are_not() -> None:
    low, high = [0.0, 0.2] * 10, [1.0, 1.2]
    six = xmr(low + high * 3, screened=False)
    seven = xmr([*low, *high * 3, 1.0], screened=False)
    assert not any(Signal.RUN_ABOVE in each for each in six.signals)
    assert [i for i, each in enumerate(seven.signals) if Signal.RUN_ABOVE in each] == list(
        range(20, 27)
    )


def test_a_value_on_the_mean_ends_a_run() -> None:
    values = [1.0] * 3 + [0.0] + [1.0] * 3 + [-6.0]
    chart = xmr(values)
    assert chart.segments[0].mean == 0
    assert not any(Signal.RUN_ABOVE in each for each in chart.signals)


def test_six_falling_values_are_a_trend_and_five_are_not() -> None:
    fall = [6.0, 5.0, 4.0, 3.0, 2.0]
    level = [4.0, 4.0] * 8
    assert not any(Signal.TREND_DOWN in each for each in xmr([*fall, 2.0, *level]).signals)
    marked = [i for i, each in enumerate(xmr([*fall, 1.0, *level]).signals) if
              Signal.TREND_DOWN in each]  # fmt: skip
    assert marked == list(range(6))


def test_a_milestone_starts_limits_of_its_own() -> None:
    chart = xmr([5, 6] * 6 + [9, 10] * 6, rebase=[12])
    assert [each.mean for each in chart.segments] == [5.5, 9.5]
    assert np.isnan(chart.moving_ranges[[0, 12]]).all()
    assert not any(chart.signals)
    assert not chart.is_provisional
    assert xmr([5, 6] * 6 + [9, 10], rebase=[12]).is_provisional


def test_a_single_value_has_no_limits() -> None:
    (segment,) = xmr([4]).segments
    assert (segment.mean, segment.low, segment.high) == (4, None, None)
    assert xmr([4]).latest == ()


@pytest.fixture
def structure() -> pd.DataFrame:
    return pd.DataFrame(
        {"size": [10.0, 10.0, 12.0, 14.0], "kind": [0.0, 1.0, 0.0, 0.0], "same": [7.0] * 4},
        index=["a", "b", "c", "d"],
    )


def test_peers_tell_in_what_they_differ(structure: pd.DataFrame) -> None:
    found = nearest(structure, "a", 2)
    assert found.variables == ("size", "kind", "same")
    assert [peer.unit for peer in found.peers] == ["c", "b"]
    first, second = found.peers
    assert first.differences == pytest.approx((2 / np.std([10, 10, 12, 14]), 0, 0))
    assert first.shares == (1, 0, 0)
    assert second.shares == (0, 1, 0)


def test_equal_peers_are_ordered_by_key(structure: pd.DataFrame) -> None:
    same = structure.loc[["a"] * 3].set_axis(["z", "m", "a"])
    found = nearest(same, "m", 5)
    assert [(peer.unit, peer.distance) for peer in found.peers] == [("a", 0), ("z", 0)]
    assert found.peers[0].shares == (0, 0, 0)


def test_everyone_goes_on_where_the_nearest_end(structure: pd.DataFrame) -> None:
    found = everyone(structure, "a")
    assert [peer.unit for peer in found.peers] == ["c", "b", "d"]
    assert found.peers[:2] == nearest(structure, "a", 2).peers


def test_a_usual_reach_is_the_upper_fence_of_nearest_distances() -> None:
    # Standardised by hand: the spread of 0, 1, 3, 6, 60 is 23.1; nearest gaps 1, 1, 2, 3, 54.
    places = pd.DataFrame({"place": [0.0, 1.0, 3.0, 6.0, 60.0]}, index=list("abcde"))
    spread = np.std(places["place"])
    assert usual_reach(places) * spread == pytest.approx(3 + 1.5 * (3 - 1))
    reached = [nearest(places, unit, 1).peers[0].distance for unit in "abcde"]
    assert [distance <= usual_reach(places) for distance in reached] == [True] * 4 + [False]


def test_one_unit_alone_has_no_usual_reach(structure: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="two rows"):
        usual_reach(structure.iloc[:1])


@pytest.mark.parametrize(
    ("change", "unit", "k", "message"),
    [
        (lambda t: t, "x", 1, "exactly one row"),
        (lambda t: t, "a", 0, "at least 1"),
        (lambda t: t.set_axis(["a", "a", "c", "d"]), "a", 1, "exactly one row"),
        (lambda t: t.assign(size=np.nan), "a", 1, "missing"),
        (lambda t: t[[]], "a", 1, "variables"),
    ],
)
def test_bad_structure_is_refused(structure, change, unit, k, message) -> None:
    with pytest.raises(ValueError, match=message):
        nearest(change(structure), unit, k)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"n_pre": 0}, "before and after"),
        ({"n_pre": 3}, "before and after"),
        ({"covariance": np.eye(2)}, "3 by 3"),
        ({"covariance": np.diag([1.0, 1.0, 0.0])}, "positive"),
        ({"covariance": np.triu(np.ones((3, 3)))}, "symmetric"),
        ({"weights": [0.0]}, "not all zero"),
        ({"weights": [1.0, 1.0]}, "not all zero"),
        ({"m_bars": [-1.0]}, "m_bars"),
        ({"confidence": 1.0}, "confidence"),
        ({"estimates": [1.0, np.nan, 2.0]}, "missing"),
    ],
)
def test_bad_event_studies_are_refused(changed: dict[str, object], message: str) -> None:
    good = {"estimates": [0.1, 0.0, 2.0], "covariance": np.eye(3), "n_pre": 2}
    with pytest.raises(ValueError, match=message):
        relative_magnitudes(**(good | changed))


def test_no_effect_breaks_down_at_once_and_a_safe_one_never() -> None:
    nothing = relative_magnitudes([0.1, -0.1, 0.0], np.eye(3), n_pre=2)
    assert nothing.breakdown == 0
    safe = relative_magnitudes([1e-3, 0.0, 9.0], np.eye(3) * 1e-6, n_pre=2, m_bars=[0])
    assert safe.breakdown == np.inf
    assert (safe.low[0], safe.high[0]) == pytest.approx((9 - 1.96e-3, 9 + 1.96e-3), abs=2e-4)
