"""Published facts in words, in both languages."""

import pytest

from analytics.domain.partial_dates import PartialDate
from analytics.domain.programme import (
    CourseWait,
    Event,
    Lane,
    Measure,
    Participants,
    Qualifier,
    Statistic,
    Text,
    TimeUnit,
    facts,
)
from analytics.i18n import programme, words

DE, EN = words("de"), words("en")


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        (None, "ohne Datum", "undated"),
        ("2019", "2019", "2019"),
        ("2019-12", "Dez. 2019", "Dec 2019"),
        ("2019-12-31", "31.12.2019", "31 Dec 2019"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(text: str | None, german: str, english: str) -> None:
    day = PartialDate.parse(text) if text else None
    assert programme.partial_date(day, DE) == german
    assert programme.partial_date(day, EN) == english


@pytest.mark.parametrize("qualifier", Qualifier)
def test_qualifiers_keep_the_value(qualifier: Qualifier) -> None:
    assert "300" in programme.qualified("300", qualifier, DE)
    assert "300" in programme.qualified("300", qualifier, EN)


def test_amounts_say_what_they_are() -> None:
    amounts = {fact.id: programme.funding_amount(fact, DE) for fact in facts().funding}
    assert amounts["kim_2021"].replace("\u00a0", " ").startswith("50 Mio")
    assert amounts["kim_2021"].endswith("(geplant)")
    assert amounts["kim_2025"].startswith("über 65")
    assert amounts["model_per_year"].endswith("je Jahr")


def test_waiting_times_keep_their_unit() -> None:
    wait = CourseWait(
        measure=Measure.ACCESS,
        statistic=Statistic.MEAN,
        group=Participants.ENTITLED,
        unit=TimeUnit.MONTHS,
        low=4.3,
        high=5.2,
        qualifier=Qualifier.EXACT,
        date=None,
        sources=(79,),
    )
    assert programme.course_wait(wait, DE) == "4,3–5,2 Monate"
    assert programme.course_wait(wait, EN) == "4.3–5.2 months"


def test_spans_and_sites() -> None:
    end = PartialDate(2019)
    event = Event(
        lane=Lane.MODEL,
        kind="programme",
        text=Text("Laufzeit", "term"),
        date=PartialDate(2017),
        end=end,
        sources=(0,),
    )
    assert programme.event_date(event, DE) == "2017 bis 2019"
    assert programme.site_start(facts().site("05913"), DE) == "nicht gefunden"
    assert programme.site_focus(facts().site("05913"), EN) == "not found"
    assert programme.site_start(facts().site("05315"), EN) == "Apr 2017"


@pytest.mark.parametrize("w", [DE, EN], ids=["de", "en"])
def test_every_code_has_a_label(w: object) -> None:
    labels = [
        *(programme.lane_label(code, w) for code in Lane),
        *(programme.measure_label(code, w) for code in Measure),
        *(programme.statistic_label(code, w) for code in Statistic),
        *(programme.participants_label(code, w) for code in Participants),
    ]
    assert len(set(labels)) == len(labels)
