"""Two sides that do not differ are seldom told apart: also of few districts, and at 0 and 100 %.

Simulated counts of districts that lie on one side only, as model municipalities and others do, in
worlds without any difference. What is shown is what protection lets through: small counts are
hidden, so that a small side is shown mostly where it is exactly 0 or 1.
"""

import numpy as np
import pandas as pd
import pytest

from analytics.domain.estimates import Estimate
from analytics.domain.indicators import indicator
from analytics.reports.indicators.changes import difference_of
from analytics.reports.indicators.estimation import proportion_estimates
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.stats.intervals import wilson

WORLDS = 400
TOGETHER = 12
"""Pairs that are judged together on the page."""

SIDES = {
    "two districts": (2, 10, 0.5),
    "three districts": (3, 6, 0.5),
    "ten districts": (10, 5, 0.5),
    "hardly anybody": (8, 3, 0.04),
    "few": (15, 4, 0.1),
    "nearly everybody": (8, 3, 0.95),
}
"""Districts of the smaller side, needs of each, and what share of both sides it happens to."""

OTHERS, SIZE = 40, 6


def counted(districts: int, each: int, share: float, first: int, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    worlds, places = np.indices((WORLDS, districts)).reshape(2, -1)
    return pd.DataFrame(
        {
            "key": [f"{world:04d}" for world in worlds],
            "unit": [f"{first + place:05d}" for place in places],
            "events": random.binomial(each, share, worlds.size),
            "trials": each,
        }
    )


def estimates(counts: pd.DataFrame) -> dict[str, Estimate]:
    # A world at a time: what is hidden of one must not hang on the others.
    rows = (proportion_estimates(part).iloc[0] for _, part in counts.groupby("key", sort=True))
    return {str(row["key"]): row_estimate(row) for row in rows}


@pytest.mark.parametrize("small", SIDES)
def test_chance_alone_is_hardly_ever_called_a_difference(small: str) -> None:
    districts, each, share = SIDES[small]
    sides = [
        counted(districts, each, share, 10_000, 1),
        counted(OTHERS, SIZE, share, 20_000, 2),
    ]
    values = [estimates(counts) for counts in sides]
    parts = [dict(list(counts.groupby("key"))) for counts in sides]
    alone, together, shown = 0, 0, 0
    for key in values[0]:
        pair = (values[0][key], values[1][key])
        found, _ = difference_of(
            indicator("binding_handover_share"), pair, (parts[0][key], parts[1][key])
        )
        if found is None:
            continue
        shown += 1
        alone += found.excludes_zero
        together += found.among(TOGETHER).excludes_zero
    assert shown > WORLDS / 10
    assert wilson(alone, shown).low <= 0.05
    assert wilson(together, shown).low <= 0.05 / TOGETHER
