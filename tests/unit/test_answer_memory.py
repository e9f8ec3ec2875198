"""What a store remembers: equal answers, nobody's changes, no more than it has room for."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish
from structlog.typing import EventDict

from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.queries import memory
from analytics.queries.memory import AnswerMemory
from analytics.reports.indicators.clock import clock_counts

ALL = NeedFilter(Period.parse("2015-01", "2023-12"))
GIVEN = (Needs(6, MODEL, referred=9), Needs(7, COMPARISON, referred=9), Needs(2, SPLIT))


def test_the_same_question_is_asked_once(tmp_path: Path, logs: list[EventDict]) -> None:
    with publish(tmp_path, GIVEN) as store:
        logs.clear()
        first, _ = clock_counts(store, "group", ALL)
        again, _ = clock_counts(store, "group", ALL)
        other, _ = clock_counts(store, "district", ALL)
    assert [entry["query"] for entry in logs] == ["clock_counts", "clock_counts"]
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_changes_to_an_answer_stay_with_who_made_them(tmp_path: Path) -> None:
    with publish(tmp_path, GIVEN) as store:
        first, _ = clock_counts(store, "group", ALL)
        first["needs"] = 0
        first.loc[0, "key"] = "changed"
        again, _ = clock_counts(store, "group", ALL)
        again.loc[0, "needs"] = -1
        last, _ = clock_counts(store, "group", ALL)
    assert last["needs"].tolist() == [7, 6, 2]
    assert last["key"].tolist() == ["comparison", "model", "unassigned"]


def test_a_query_tells_the_macro_that_it_uses(tmp_path: Path) -> None:
    with publish(tmp_path, GIVEN) as store:
        _, query = clock_counts(store, "group", ALL)
        other = store.executed("need_span")
    assert "CREATE MACRO chosen_needs(" in query.text
    assert query.text.index("CREATE MACRO") < query.text.index("FROM chosen_needs(")
    assert "MACRO" not in other.text


def test_needs_of_no_known_unit_can_be_left_out(tmp_path: Path) -> None:
    assigned = NeedFilter(ALL.period, assigned=True)
    with publish(tmp_path, GIVEN) as store:
        counts, _ = clock_counts(store, "district", assigned)
    assert counts.groupby("key")["needs"].sum().to_dict() == {COMPARISON: 7, MODEL: 6}


def test_the_oldest_answers_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_ANSWERS", 2)
    kept = AnswerMemory()
    for day in (1, 2):
        kept.keep(date(2020, 1, day), pd.DataFrame({"n": [day]}))
    assert kept.recall(date(2020, 1, 1)) is not None  # used last, so it stays
    kept.keep(date(2020, 1, 3), pd.DataFrame({"n": [3]}))
    assert kept.recall(date(2020, 1, 2)) is None
    assert kept.recall(date(2020, 1, 1)) is not None


def test_large_answers_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_ROWS", 10)
    kept = AnswerMemory()
    kept.keep("small", pd.DataFrame({"n": range(5)}))
    kept.keep("large", pd.DataFrame({"n": range(6)}))
    assert kept.recall("small") is not None
    assert kept.recall("large") is None
    kept.keep("another", pd.DataFrame({"n": range(5)}))
    kept.keep("last", pd.DataFrame({"n": range(5)}))
    assert kept.recall("small") is None
