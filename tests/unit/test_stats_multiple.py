"""P values of many tests: published examples, other programs, and what they must never do."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analytics.stats.multiple import benjamini_hochberg, benjamini_yekutieli, holm


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


PUBLISHED = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0,
)  # fmt: skip
"""Benjamini & Hochberg (1995), section 4: fifteen comparisons of two treatments."""


def test_the_published_example_takes_four_hypotheses_for_false() -> None:
    adjusted = benjamini_hochberg(PUBLISHED)
    assert [p <= 0.05 for p in adjusted] == [True] * 4 + [False] * 11
    # 0.0095 * 15 / 4, and Bonferroni's three as the paper has them.
    assert adjusted[3] == pytest.approx(0.035625)
    assert sum(p <= 0.05 for p in holm(PUBLISHED)) == 3
    # The stricter one multiplies by 1 + 1/2 + ... + 1/15.
    assert benjamini_yekutieli(PUBLISHED)[3] == pytest.approx(0.035625 * 3.3182289932)


@pytest.mark.parametrize(
    ("mine", "theirs"), [(benjamini_hochberg, "fdr_bh"), (benjamini_yekutieli, "fdr_by")]
)
@given(given=st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_they_are_those_of_statsmodels(
    mine: Callable[[Sequence[float]], tuple[float, ...]], theirs: str, given: list[float]
) -> None:
    assert mine(given) == pytest.approx(multipletests(given, method=theirs)[1])


@pytest.mark.parametrize("adjust", [benjamini_hochberg, benjamini_yekutieli])
def test_they_refuse_what_is_no_p_value(
    adjust: Callable[[Sequence[float]], tuple[float, ...]],
) -> None:
    assert adjust([]) == ()
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.1, 1.5])
