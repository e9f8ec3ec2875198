"""Bad input is refused with a message that names the argument."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analytics.stats.intervals import median_of_counts, poisson, wilson
from analytics.stats.reporting_delay import delay_distribution
from analytics.stats.survival import cumulative_incidence, kaplan_meier, logrank

NAN = float("nan")
CURVES = pytest.mark.parametrize("estimator", [kaplan_meier, cumulative_incidence])


@CURVES
@pytest.mark.parametrize(
    ("days", "codes", "counts", "message"),
    [
        ([1, 2], [1], None, "has 1 entries, expected 2"),
        ([1, 2], [1, 0], [1], "counts has 1 entries, expected 2"),
        ([-1, 2], [1, 0], None, "days must not be negative"),
        ([NAN, 2], [1, 0], None, "days must not contain missing"),
        ([float("inf"), 2], [1, 0], None, "days must not contain missing or infinite"),
        ([None, 2], [1, 0], None, "days must not contain missing"),
        (["1", "2"], [1, 0], None, "days must be numbers"),
        (np.array([1, 2], "timedelta64[D]"), [1, 0], None, "days must be numbers"),
        (pd.array([1, pd.NA], dtype="Int64"), [1, 0], None, "days must not contain missing"),
        ([[1, 2]], [1, 0], None, "days must be one-dimensional"),
        ([1, 2], [NAN, 0], None, "must not contain missing"),
        ([1, 2], [-1, 0], None, "(events must be 0|causes must not be negative)"),
        ([1, 2], [0.5, 0], None, "(events must be 0|causes must be whole)"),
        ([1, 2], [1, 0], [-1, 2], "counts must not be negative"),
        ([1, 2], [1, 0], [0.5, 2], "counts must be whole numbers"),
        ([1, 2], [1, 0], [NAN, 2], "counts must not contain missing"),
        ([1, 2], [1, 0], [2.0**60, 2], "counts must not exceed"),
    ],
)
def test_curves_refuse(
    estimator: Callable, days: object, codes: object, counts: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        estimator(days, codes, counts)


@CURVES
@pytest.mark.parametrize("confidence", [0, 1, -0.1, 95, NAN])
def test_curves_refuse_confidence(estimator: Callable, confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        estimator([1], [1], confidence=confidence)


def test_survival_refuses_competing_ends_and_unknown_transforms() -> None:
    with pytest.raises(ValueError, match="events must be 0"):
        kaplan_meier([1, 2], [1, 2])
    with pytest.raises(ValueError, match="transform must be one of"):
        kaplan_meier([1, 2], [1, 0], transform="logit")  # type: ignore[arg-type]


@pytest.mark.parametrize("cause", [0, -1, 1.5])
def test_incidence_refuses_causes_that_are_no_end(cause: int) -> None:
    with pytest.raises(ValueError, match="cause must be"):
        cumulative_incidence([1], [1], cause=cause)


def test_logrank_refuses() -> None:
    with pytest.raises(ValueError, match="at least two groups"):
        logrank([([1], [1])])
    with pytest.raises(ValueError, match="events must be 0"):
        logrank([([1], [1]), ([1], [2])])


def test_what_the_database_hands_over_is_taken() -> None:
    frame = pd.DataFrame({"day": [3, 7], "event": [True, False], "n": [2, 5]}).astype(
        {"day": "int32", "event": "bool", "n": "Int64"}
    )
    curve = kaplan_meier(frame["day"], frame["event"], frame["n"])
    assert curve.at_risk.tolist() == [7, 7, 5]


@pytest.mark.parametrize(
    ("events", "trials", "message"),
    [
        (3, 2, "events must not exceed trials"),
        (-1, 2, "events must not be negative"),
        (1, -2, "trials must not be negative"),
        (1.5, 2, "events must be whole"),
        (1, 2.5, "trials must be whole"),
        (NAN, 2, "events must not contain missing"),
        ([1, 2], [3, 4, 5], "do not fit"),
    ],
)
def test_wilson_refuses(events: object, trials: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wilson(events, trials)  # type: ignore[arg-type]


def test_wilson_without_trials_is_no_data_and_not_zero() -> None:
    result = wilson([0, 0], [0, 10])
    assert np.isnan([result.estimate[0], result.low[0], result.high[0]]).all()
    assert (result.estimate[1], result.low[1]) == (0, 0)
    assert float(wilson(10, 10).high) == 1
    assert wilson([], []).estimate.size == 0
    assert wilson([[1, 2], [3, 4]], 5).low.shape == (2, 2)


@pytest.mark.parametrize(
    ("events", "message"), [(-1, "negative"), (0.5, "whole"), (NAN, "missing")]
)
def test_poisson_refuses(events: float, message: str) -> None:
    with pytest.raises(ValueError, match=f"events must.*{message}"):
        poisson(events)


@pytest.mark.parametrize("interval", [lambda c: wilson(1, 2, c), lambda c: poisson(1, c)])
def test_intervals_refuse_confidence(interval: Callable) -> None:
    with pytest.raises(ValueError, match="confidence"):
        interval(95)


def test_median_of_nothing_and_of_few() -> None:
    assert median_of_counts([]).estimate is None
    assert median_of_counts([4], [0]).n == 0
    few = median_of_counts([1, 2, 3, 4, 5])
    assert (few.estimate, few.low, few.high) == (3, None, None)
    with pytest.raises(ValueError, match="values"):
        median_of_counts([NAN])


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([-1],), {}, "lags must not be negative"),
        (([1, 2], [1]), {}, "counts has 1 entries"),
        (([1, 2],), {"windows": [1]}, "windows has 1 entries"),
        (([5],), {"windows": [4]}, "lags must not exceed windows"),
        (([5],), {"longest": -1}, "longest"),
        (([5],), {"longest": NAN}, "longest"),
        (([5],), {"min_at_risk": 0}, "min_at_risk"),
    ],
)
def test_delay_refuses(arguments: tuple, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        delay_distribution(*arguments, **options)
