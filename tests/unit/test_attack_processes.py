"""Processes as counts, and what tables of them tell of each other, on hand-made figures."""

from dataclasses import dataclass
from datetime import date
from math import nan

import numpy as np
import pandas as pd
import pytest

from analytics.attack.claims import Cell
from analytics.attack.counted import Counted, Row, are_senders_alike
from analytics.attack.rounding import possible
from analytics.attack.sheets import Sheet, together_told
from analytics.attack.truth import Truth
from analytics.attack.view import View
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Month, Period

EARLY = Period(Month(2019, 1), Month(2019, 3))
LATE = Period(Month(2023, 10), Month(2023, 12))
CUT = date(2023, 12, 31)
WHOLE, LEFT, RIGHT = (Cell("district", key, EARLY, (), "process:kept:all") for key in "abc")


@dataclass
class Seen:
    """What a sheet asks of a view."""

    is_perturbed: bool
    noise: float = 0.0

    def bounds(self, figure: float) -> tuple[float, float]:
        if self.is_perturbed:
            return possible(figure)
        return (0, np.inf) if np.isnan(figure) else (figure, figure)


def counted(indicator_id: str, *, is_of_answers: bool = False) -> Counted:
    return Counted(catalogue()[indicator_id], frozenset(), CUT, is_of_answers)


def seen(*, is_perturbed: bool) -> View:
    return Seen(is_perturbed, 2.0 if is_perturbed else 0.0)  # type: ignore[return-value]


def test_a_share_is_a_count_once_all_rows_have_been_followed() -> None:
    row = Row("05111", 40.0, 0.45, "shown")
    answered = counted("answered_30d_share")
    assert answered.counts(EARLY, row) == {"process:answer:all": 40, "process:answer:done:30": 18}
    assert answered.counts(LATE, row) == {"process:answer:all": 40}
    assert answered.measures(EARLY)[-1] == "process:answer:left:30"


def test_a_hidden_share_tells_no_count_and_nobody_has_had_nothing() -> None:
    kept = counted("kept_appointment_share")
    hidden = kept.counts(EARLY, Row("05111", 12.0, nan, "suppressed"))
    assert np.isnan(hidden["process:kept:done"])
    nobody = kept.counts(EARLY, Row("05111", 0.0, nan, "no_data"))
    assert nobody == {"process:kept:all": 0, "process:kept:done": 0}


@pytest.mark.parametrize(
    ("is_of_answers", "period", "rows"),
    [(True, EARLY, "answer"), (True, LATE, "returned"), (False, EARLY, "returned")],
)
def test_returns_count_the_rows_of_answers_once_these_have_been_followed(
    is_of_answers: bool, period: Period, rows: str
) -> None:
    returned = counted("returned_share", is_of_answers=is_of_answers)
    assert returned.measures(period)[0] == f"process:{rows}:all"
    assert returned.measures(period)[1] == "process:returned:done"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"05111": 40.0, "05112": 12.0}, True),
        ({"05111": 40.0}, False),
        ({"05111": 40.0, "05112": 12.0, "05113": 4.0}, True),
        ({"05111": 40.0, "05112": 12.0, "05113": 14.0}, False),
    ],
)
def test_few_rows_may_be_told_as_none_by_who_delivers_them(
    second: dict[str, float], expected: bool
) -> None:
    assert are_senders_alike({"05111": 41.0, "05112": 10.0}, second) is expected


def test_a_single_hidden_part_is_told_by_its_total() -> None:
    sheet = Sheet()
    sheet.add({WHOLE: 20.0, LEFT: 17.0, RIGHT: nan})
    sheet.sum_of([LEFT, RIGHT], WHOLE)
    (found,) = [e for e in sheet.claims(seen(is_perturbed=False), 1).estimates if e.cell == RIGHT]
    assert (found.value, found.low, found.high) == (3, 3, 3)


def test_a_hidden_total_tells_nothing_of_its_parts() -> None:
    sheet = Sheet()
    sheet.add({WHOLE: nan, LEFT: 17.0, RIGHT: nan})
    sheet.sum_of([LEFT, RIGHT], WHOLE)
    assert [e.cell for e in sheet.claims(seen(is_perturbed=False), 1).estimates] == [LEFT]


def test_figures_of_the_same_rows_that_differ_are_averaged() -> None:
    sheets = [Sheet(), Sheet()]
    for sheet, figure in zip(sheets, (3.0, 5.0), strict=True):
        sheet.add({RIGHT: figure})
    (found,) = together_told(seen(is_perturbed=True), sheets, 1).estimates
    assert (found.value, found.variance) == (4, 1)
    assert (found.low, found.high) == (possible(5)[0], possible(3)[1])


def test_a_figure_that_is_told_twice_is_told_once() -> None:
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        sheet.add({RIGHT: 5.0})
    (found,) = together_told(seen(is_perturbed=True), sheets, 1).estimates
    assert (found.value, found.variance) == (5, 2)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("process:answer:all", 3),
        ("process:answer:done:30", 1),
        ("process:answer:left:30", 2),
        ("process:kept:all", 2),
        ("process:kept:done", 1),
        ("process:kept:left", 1),
    ],
)
def test_true_counts_are_those_of_the_clocks(measure: str, expected: int) -> None:
    processes = pd.DataFrame(
        {
            "process": ["answer"] * 3 + ["kept"] * 2,
            "district": "05111",
            "need_on": pd.Timestamp(2019, 2, 1),
            # Answered in time, too late, and not yet.
            "days": pd.array([30, 31, 10, None, None], dtype="Int32"),
            "event": pd.array([1, 1, 0, None, None], dtype="Int8"),
            "happened": pd.array([None, None, None, True, False], dtype="boolean"),
            "record_key": np.arange(5, dtype=np.uint64),
        }
    )
    truth = Truth(pd.DataFrame(), processes)
    assert truth.count(Cell("district", "05111", EARLY, (), measure)) == expected
    assert truth.count(Cell("district", "05111", LATE, (), measure)) == 0
