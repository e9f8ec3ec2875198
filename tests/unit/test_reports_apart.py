"""What differs for certain is not written as if it were equal."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analytics.domain.estimates import Estimate, Status
from analytics.domain.evaluation import EffectOutcome
from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.reports.evaluation.scale import Scale
from analytics.reports.indicators import key_figures
from analytics.reports.indicators.group_comparison import compare_groups
from analytics.stats.difference import Difference

DE = words("de")
ALL = NeedFilter(Period.parse("2017-01", "2019-12"))


@pytest.mark.parametrize(
    ("model", "comparison", "half", "expected"),
    [
        (0.7421, 0.7384, 0.001, ("74,2\u00a0%", "73,8\u00a0%")),
        (0.7421, 0.7384, 0.05, ("74\u00a0%", "74\u00a0%")),
        (0.76, 0.68, 0.001, ("76\u00a0%", "68\u00a0%")),
    ],
)
def test_groups_that_differ_are_not_given_one_number(
    model: float, comparison: float, half: float, expected: tuple[str, str]
) -> None:
    values = np.array([model, comparison])
    frame = pd.DataFrame(
        {
            "key": ["model", "comparison"],
            "value": values,
            "low": values - half,
            "high": values + half,
            "n": 5000,
            "units": 30,
            "freedom": 29.0,
            "status": Status.SHOWN.value,
        }
    )
    title, _ = compare_groups("share_referred_90d", frame, DE)
    assert all(text in title for text in expected)


def test_a_change_clear_of_zero_is_not_written_as_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([Estimate(0.76, 0.755, 0.765, 9000), Estimate(0.7528, 0.7478, 0.7578, 9000)])
    monkeypatch.setattr(key_figures, "state_estimate", lambda *_: (next(found), None))
    change = Difference(0.0072, 0.0001, 0.0143)
    monkeypatch.setattr(key_figures, "change_of", lambda *_: (change, 53))
    figure = key_figures.key_figure(SimpleNamespace(), "share_referred_90d", ALL, ALL, DE)
    assert figure.direction == "better"
    assert "+0,72 Prozentpunkte" in figure.change and "+0,01 bis" in figure.change


def test_a_ratio_clear_of_one_is_not_written_as_one() -> None:
    assert Scale(EffectOutcome.HAZARD).interval_text((0.002, 0.2), DE) == "1,002 bis 1,221"
    assert Scale(EffectOutcome.HAZARD).interval_text((-0.002, 0.2), DE) == "1,00 bis 1,22"
