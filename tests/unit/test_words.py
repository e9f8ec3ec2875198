"""Numbers, dates and messages of both languages, to the letter."""

from datetime import date

import pytest

from analytics.i18n import LANGUAGES, UnknownMessageError, Words, words

DE, EN = words("de"), words("en")
NAN = float("nan")
GAP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234567, 0, "1.234.567", "1,234,567"),
        (1234.56, 1, "1.234,6", "1,234.6"),
        (0, 1, "0,0", "0.0"),
        (12, 2, "12,00", "12.00"),
        (None, 1, "–", "–"),
        (NAN, 1, "–", "–"),
    ],
)
def test_numbers(value: float | None, digits: int, german: str, english: str) -> None:
    assert (DE.number(value, digits), EN.number(value, digits)) == (german, english)


@pytest.mark.parametrize(
    ("share", "german", "english"),
    [(0.1234, f"12,3{GAP}%", "12.3%"), (0, f"0,0{GAP}%", "0.0%"), (1, f"100,0{GAP}%", "100.0%"),
     (None, "–", "–"), (NAN, "–", "–")],
)  # fmt: skip
def test_shares_become_percentages(share: float | None, german: str, english: str) -> None:
    assert (DE.percent(share, 1), EN.percent(share, 1)) == (german, english)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(3.14, 1, "+3,1"), (-3.14, 1, "−3,1"), (0, 0, "±0"), (-0.04, 1, "±0,0"), (0.04, 1, "±0,0"),
     (0.05001, 1, "+0,1"), (-1234, 0, "−1.234")],
)  # fmt: skip
def test_a_change_has_the_sign_of_what_is_shown(value: float, digits: int, text: str) -> None:
    assert DE.signed(value, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1, 0, f"1{GAP}Tag", f"1{GAP}day"),
        (1, 1, f"1,0{GAP}Tage", f"1.0{GAP}days"),
        (0.9, 0, f"1{GAP}Tag", f"1{GAP}day"),
        (0, 0, f"0{GAP}Tage", f"0{GAP}days"),
        (1000, 0, f"1.000{GAP}Tage", f"1,000{GAP}days"),
        (None, 0, "–", "–"),
        (NAN, 0, "–", "–"),
    ],
)
def test_days_agree_with_their_number(
    value: float | None, digits: int, german: str, english: str
) -> None:
    assert (DE.days(value, digits), EN.days(value, digits)) == (german, english)


@pytest.mark.parametrize(
    ("euros", "german", "english"),
    [
        (999_999, f"999.999{GAP}€", "€999,999"),
        (25_000_000, f"25{GAP}Mio.{GAP}€", "€25m"),
        (1_250_000, f"1,25{GAP}Mio.{GAP}€", None),
        (0, f"0{GAP}€", "€0"),
        (None, "–", "–"),
        (NAN, "–", "–"),
    ],
)
def test_money(euros: float | None, german: str, english: str | None) -> None:
    assert DE.money(euros).replace(" ", GAP) == german
    if english is not None:
        assert EN.money(euros) == english


def test_dates() -> None:
    day = date(2019, 12, 31)
    assert (DE.date(day), EN.date(day)) == ("31.12.2019", "31 Dec 2019")
    assert (DE.month(day), EN.month(day)) == ("Dez. 2019", "Dec 2019")
    assert (DE.quarter(day), EN.quarter(day)) == ("4. Quartal 2019", "Q4 2019")
    assert DE.quarter(date(2020, 1, 1)) == "1. Quartal 2020"
    assert DE.date(None) == "–"


@pytest.mark.parametrize(
    ("items", "german", "english"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a und b", "a and b"),
     (["a", "b", "c"], "a, b und c", "a, b and c")],
)  # fmt: skip
def test_lists(items: list[str], german: str, english: str) -> None:
    assert (DE.join(items), EN.join(items)) == (german, english)


def test_labels_of_codes() -> None:
    assert DE.label("offer_area", "language") == "Sprache"
    assert EN.label("group", "model") == "Model municipalities"


def test_messages_are_filled_in() -> None:
    own = Words("de", {"a.b": "{n} von {all} {{}}", "a.c": "100 {{%}}"})
    assert own("a.b", n=1, all=2) == "1 von 2 {}"
    assert own("a.c") == "100 {{%}}"  # nothing to fill in: taken as it stands
    with pytest.raises(UnknownMessageError, match=r"a\.x \(de\)"):
        own("a.x")


def test_words_are_one_value_a_language() -> None:
    assert words("de") is DE
    assert {DE: 1}[words("de")] == 1
    assert DE != EN
    assert tuple(LANGUAGES) == ("de", "en")
    with pytest.raises(ValueError, match="fr"):
        words("fr")  # type: ignore[arg-type]
