"""Rules on recording judge the estimate at hand, also where the share says the opposite."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from analytics.reports.evaluation.evidence import Contrast, Evidence
from analytics.reports.evaluation.rule_values import of_records
from analytics.stats.placebo import Placebo

DRAWS = np.linspace(-3, 3, 199)
NAMES = (
    "fast", "silent", "expected", "adjusted", "reach", "clock", "needs", "cases", "clock_lead",
    "reach_lead",
)  # fmt: skip


def risen() -> Evidence:
    """Everything has risen, far beyond chance."""
    found = Contrast(0.05, 0.03, 0.07, Placebo(4.0, DRAWS, 0.005))
    given: dict[str, Any] = dict.fromkeys(NAMES, found)
    return cast(Evidence, SimpleNamespace(average=found, **given))


@pytest.mark.parametrize("name", ["clock", "reach", "mix"])
def test_a_twin_confirms_only_its_own_direction(name: str) -> None:
    assert of_records(risen(), 1.0)[name] < 0.01
    assert of_records(risen(), -1.0)[name] > 0.99


def test_a_sign_counts_only_where_it_favours_the_estimate() -> None:
    faster, slower = of_records(risen(), 1.0), of_records(risen(), -1.0)
    assert faster["fast"] < 0.01 < 0.99 < slower["fast"]
    assert slower["silent"] < 0.01 < 0.99 < faster["silent"]
