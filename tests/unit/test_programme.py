"""Published facts: each with source and date, contradictions kept, wrong files refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from analytics.domain.areas import REFERENCE, registry
from analytics.domain.partial_dates import PartialDate
from analytics.domain.programme import (
    Facts,
    Lane,
    Measure,
    Programme,
    Text,
    UnsourcedFactError,
    facts,
    read_facts,
)

FILE = REFERENCE / "programme.toml"


@pytest.fixture(scope="module")
def all_facts() -> Facts:
    return facts()


def test_every_fact_has_known_sources_and_states_its_date(all_facts: Facts) -> None:
    found = list(all_facts.all())
    assert len(found) > 90
    for fact in found:
        assert fact.sources
        assert all(all_facts.source(number).title for number in fact.sources)
    undated = [fact for fact in found if fact.date is None]
    assert FILE.read_text("utf-8").count('date = "undated"') == len(undated) + sum(
        source.date is None for source in all_facts.sources.values()
    )


def test_every_source_but_the_statistics_is_used(all_facts: Facts) -> None:
    used = {number for fact in all_facts.all() for number in fact.sources}
    kim_unit = {38, 48, 49}
    assert set(all_facts.sources) - used - kim_unit == {92, 93}


def test_every_text_is_in_both_languages(all_facts: Facts) -> None:
    texts = [
        value
        for fact in all_facts.all()
        for name in ("text", "focus", "built", "start_note")
        if isinstance(value := getattr(fact, name, None), Text)
    ]
    assert len(texts) > 70
    for text in texts:
        assert text.in_language("de") == text.de
        assert text.in_language("en") == text.en
        assert text.de.strip()
        assert text.en.strip()
        # Dates are worded differently, but their years are the same.
        assert sorted(re.findall(r"\b20\d\d\b", text.de)) == sorted(
            re.findall(r"\b20\d\d\b", text.en)
        )


def test_sites_are_the_model_units(all_facts: Facts) -> None:
    assert {site.ags for site in all_facts.sites} == {u.code for u in registry().model_units}
    assert len(all_facts.sites) == 12


def test_starts_are_given_only_where_a_source_tells(all_facts: Facts) -> None:
    starts = {site.ags: str(site.start) for site in all_facts.sites if site.start}
    assert starts == {
        "05117": "2016-08-01",
        "05315": "2017-04",
        "05566076": "2017-04-01",
        "05162004": "2017-06",
    }
    assert {s.ags for s in all_facts.sites if s.focus is None} == {"05913", "05124", "05915"}


def test_places_of_facts_are_known_areas(all_facts: Facts) -> None:
    keys = {fact.ags for fact in (*all_facts.posts, *all_facts.counts)}
    keys |= {fact.ags for fact in (*all_facts.events, *all_facts.funding) if fact.ags}
    assert all(registry().is_known(key) for key in keys)


def test_amounts(all_facts: Facts) -> None:
    yearly = [(f.year, f.amount_eur, f.planned) for f in all_facts.yearly_funding(Programme.KIM)]
    assert yearly == [(2020, 25e6, False), (2021, 50e6, True), (2025, 65e6, False)]
    assert all_facts.funding_of("model_per_year").amount_eur == 4.4e6
    assert all_facts.funding_of("kim_final_level").amount_eur == 75e6
    assert all_facts.funding_of("kim_2025").qualifier == "over"
    assert all_facts.funding_of("model_science").amount_eur == 1_946_529.08


def test_end_of_the_model_programme_is_left_contradictory(all_facts: Facts) -> None:
    claims = all_facts.conflict("model_programme_end").claims
    assert {str(claim.date) for claim in claims} == {"2019", "2019-12-31", "2020", "2020-06-30"}


def test_legal_steps_in_order(all_facts: Facts) -> None:
    steps = [str(event.date) for event in all_facts.timeline(Lane.LAW)]
    assert steps == ["2020-11-25", "2021-11-25", "2022-01-01", "2024-12-12"]
    days = [event.date.first_day for event in all_facts.timeline() if event.date]
    assert days == sorted(days)
    assert len(days) == len(all_facts.events)


def test_course_waits_have_no_value_for_2021(all_facts: Facts) -> None:
    waits = all_facts.course_waits
    assert {w.date.year for w in waits if w.date} == {2016, 2017, 2018, 2019, 2020, 2022, 2023}
    assert all(wait.low <= wait.high for wait in waits)
    first = next(w for w in waits if w.measure is Measure.WAITING)
    assert first.days == pytest.approx((76.3, 76.3))


def test_look_ups_refuse_unknown_keys(all_facts: Facts) -> None:
    assert all_facts.site("05170024").ags == "05170024"
    for look_up in (all_facts.site, all_facts.funding_of, all_facts.conflict):
        with pytest.raises(KeyError):
            look_up("unknown")
    with pytest.raises(KeyError):
        all_facts.source(999)
    assert str(all_facts.source(38)) == "mkffi.nrw KIM 03.05.2021"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("sources = [21]", "sources = []", UnsourcedFactError),
        ("sources = [21]", "sources = [9999]", UnsourcedFactError),
        ('date = "2018-07-19"', 'date = ""', UnsourcedFactError),
        ('date = "2018-07-19"', 'date = "July 2018"', ValueError),
        ('qualifier = "just_under"', 'qualifier = "roughly"', ValueError),
        ("per_year = true", "yearly = true", TypeError),
    ],
)
def test_wrong_files_are_refused(
    tmp_path: Path, old: str, new: str, error: type[Exception]
) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "programme.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(error):
        read_facts(path)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12-31", date(2019, 12, 31), date(2019, 12, 31)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.first_day, parsed.last_day, str(parsed)) == (first, last, text)


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-02-30", "31.12.2019", "2019-12-31T"])
def test_other_texts_are_no_partial_dates(text: str) -> None:
    with pytest.raises(ValueError):  # the calendar words its own refusals
        PartialDate.parse(text)


def test_day_without_month_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2019, None, 3)
