"""The panel from hand-made needs: cells, gaps, quarters that were followed, unknown codes."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish
from small_tables import AS_OF

from analytics.domain.evaluation import EffectOutcome
from analytics.domain.periods import Month, Period
from analytics.reports.evaluation.panel import NoPanelError, _levels, build_panel

SPRING, SUMMER = date(2018, 5, 2), date(2018, 8, 1)
PERIOD = Period(Month(2018, 4), Month(2018, 9))
UNITS = (MODEL, COMPARISON)


def test_shares_days_and_gaps(tmp_path: Path) -> None:
    given = (
        Needs(6, MODEL, on=SPRING, referred=90),
        Needs(6, MODEL, on=SPRING, referred=91),
        Needs(9, MODEL, on=SUMMER, referred=10),
        Needs(10, COMPARISON, on=SUMMER, ended=20),
    )
    with publish(tmp_path, given) as store:
        panel = build_panel(store, EffectOutcome.SHARE, UNITS, PERIOD)
        days = build_panel(store, EffectOutcome.DAYS, UNITS, PERIOD)
    assert panel.quarters == (date(2018, 4, 1), date(2018, 7, 1))
    # Nine needs are too few for a duration; an empty cell has none. Neither is a zero.
    assert np.array_equal(panel.values, [[0.5, np.nan], [np.nan, 0.0]], equal_nan=True)
    assert np.array_equal(panel.needs, [[12, 9], [0, 10]])
    assert panel.counted == 22
    assert np.array_equal(days.values, [[90.5, np.nan], [np.nan, 180.0]], equal_nan=True)
    assert panel.column(date(2018, 9, 30)) == 1
    assert panel.column(date(2017, 12, 1)) == -2
    assert panel.only(np.array([False, True])).units == (COMPARISON,)


def test_hazards_are_centred_and_ordered(tmp_path: Path) -> None:
    given = (
        Needs(40, MODEL, on=SPRING, referred=20),
        Needs(20, COMPARISON, on=SPRING, referred=20),
        Needs(20, COMPARISON, on=SPRING, referred=100),
    )
    with publish(tmp_path, given) as store:
        panel = build_panel(store, EffectOutcome.HAZARD, UNITS, PERIOD)
    model, comparison = panel.values[:, 0]
    assert model > comparison
    assert 40 * model + 40 * comparison == pytest.approx(0, abs=1e-9)
    assert [query.name for query in panel.queries] == ["effect_counts", "hazard_counts"]


def test_a_quarter_needs_its_whole_follow_up(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(10, on=SPRING),)) as store:
        months = Period(Month(2018, 1), Month.of(AS_OF))
        for outcome, horizon in ((EffectOutcome.SHARE, 90), (EffectOutcome.DAYS, 180)):
            last = build_panel(store, outcome, UNITS, months).quarters[-1]
            after = pd.Timestamp(last) + pd.offsets.QuarterEnd(0)
            assert after.date() + timedelta(horizon) <= AS_OF
            following = after + pd.offsets.QuarterEnd(1)
            assert following.date() + timedelta(horizon) > AS_OF
        with pytest.raises(NoPanelError, match="followed for 90 days"):
            unfollowed = Period(Month.of(AS_OF), Month.of(AS_OF))
            build_panel(store, EffectOutcome.SHARE, UNITS, unfollowed)


def test_codes_that_are_not_known_are_a_level_of_their_own() -> None:
    codes = pd.Series(["b", None, "a", "b"], dtype="str")
    assert _levels(codes).tolist() == [0, 1, -1, 0]
