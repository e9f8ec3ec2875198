"""Holm's p values: the textbook example, and what they must never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.multiple import holm


def test_four_tests_by_hand() -> None:
    # 0.005 x 4, 0.01 x 3, 0.03 x 2 and 0.04 x 1, which may not fall below 0.06.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_one_test_stays_as_it_is() -> None:
    assert holm([0.2]) == (0.2,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_none_becomes_smaller_and_the_order_stays(given: list[float]) -> None:
    adjusted = holm(given)
    assert all(a >= b for a, b in zip(adjusted, given, strict=True))
    order = sorted(range(len(given)), key=given.__getitem__)
    ranked = [adjusted[place] for place in order]
    assert ranked == sorted(ranked) and max(ranked) <= 1


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.1, float("nan")])
