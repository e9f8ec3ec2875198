"""What moved most by offer area: values by hand, opposite ways told, protected areas left out."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish

from analytics.domain.estimates import Status
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.movements import movements

BEFORE, DURING = date(2015, 3, 1), date(2018, 3, 1)
PLACES = (MODEL, COMPARISON, "05111", "05315", "05515", "05711")
FAST, SLOW = 10, 200


def needs(area: str, before: int, during: int, of: int = 20) -> list[Needs]:
    """Return in each place so many of ``of`` needs in time, before and during the programme."""
    return [
        Needs(count, place, day, referred=days, area=area)
        for place in PLACES
        for day, fast in ((BEFORE, before), (DURING, during))
        for count, days in ((fast, FAST), (of - fast, SLOW))
        if count
    ]


GIVEN = [
    *needs("language", 18, 9),
    *needs("housing", 8, 14),
    *needs("education", 10, 13),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("movements"), GIVEN) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(store: ParquetStore) -> pd.DataFrame:
    return movements(store, words("de")).table.frame.set_index("key")


def test_changes_are_those_of_the_rows(rows: pd.DataFrame) -> None:
    assert rows.loc["language", "value"] == pytest.approx((9 - 18) / 20)
    assert rows.loc["language", ["before", "now"]].tolist() == pytest.approx([0.9, 0.45])


def test_an_area_that_is_protected_in_either_period_has_no_change(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    few = Needs(3, MODEL, DURING, referred=FAST, area="health")
    with publish(tmp_path_factory.mktemp("few"), [*GIVEN, few]) as opened:
        rows = movements(opened, words("de")).table.frame.set_index("key")
    hidden = rows[rows["status"] == Status.SUPPRESSED]
    assert "health" in hidden.index and len(hidden) > 1
    assert hidden[["value", "low", "high"]].isna().all(axis=None)


def test_areas_without_needs_have_none(rows: pd.DataFrame) -> None:
    assert rows.loc["family", "status"] == Status.NO_DATA
    assert pd.isna(rows.loc["family", "value"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_names_the_one_that_moved_most_and_how_many_went_the_other_way(
    store: ParquetStore, language: Language
) -> None:
    w = words(language)
    found = movements(store, w)
    frame = found.table.frame
    certain = frame[(frame["low"] > 0) & (frame["key"] != "headline")]
    assert len(certain) >= 1
    assert w.label("offer_area", "language") in found.title
    assert found.title.endswith(
        w("movements.title_many_rose", area="", change="", count=w.number(len(certain)))[-12:]
    )
    apart = w("movements.sentence_apart", name="", change="", interval="")
    assert found.sentence.endswith(apart[-40:])


def test_alike_movements_are_not_called_opposite(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    w = words("en")
    given = [*needs("language", 8, 12), *needs("housing", 8, 14)]
    with publish(tmp_path_factory.mktemp("alike"), given) as opened:
        found = movements(opened, w)
    assert "opposite" not in found.sentence
    assert found.title.startswith(w("movements.title_same", area="", change="")[:10])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_shown_is_not_called_unchanged(
    tmp_path_factory: pytest.TempPathFactory, language: Language
) -> None:
    w = words(language)
    few = [Needs(3, MODEL, day, referred=FAST) for day in (BEFORE, DURING)]
    with publish(tmp_path_factory.mktemp("hidden"), few) as opened:
        found = movements(opened, w)
    assert found.title != w("movements.title_none")
    assert w("movements.sentence_none", name="")[-30:] in found.sentence
    assert "–" not in found.sentence and "()" not in found.sentence
