"""Single cells as people write them: dates, numbers, areas, without a file around them."""

import datetime as dt

import pytest

from analytics.domain.areas import registry
from analytics.extracts.contract import CASES, Kind
from analytics.extracts.instructions import DateOrder
from analytics.extracts.reading import Note, Reading
from analytics.extracts.reading.areas import area_names
from analytics.extracts.reading.date_orders import orders
from analytics.extracts.reading.dates import DateColumn
from analytics.extracts.reading.numbers import read_numbers

JULY = dt.date(2019, 7, 1)
AS_OF = dt.date(2023, 12, 31)

DATES = (
    "2019-07-01", "2019-7-1", "01.07.2019", "1.7.2019", "1.7.19", "01.07.19", "01/07/2019",
    "01/07/19", "1/7/2019", "01-07-2019", "1-7-2019", "01-07-19", "2019.07.01", "2019/07/01",
    "2019/7/1", "2019 07 01", "01. 07. 2019", "1. 7. 2019", "1 07 2019", "01 . 07 . 2019",
    "01.07.2019.", "20190701", "01072019", "20190701143000", "20190701T143000", "43647", "43647.0",
    "43647,4375", "43647.4375", "43647.43750", "1. Juli 2019", "01. Juli 2019", "1.Juli 2019",
    "1 Jul 2019", "1. Jul. 2019", "1 July 2019", "1st July 2019", "July 1, 2019", "Jul 1, 2019",
    "Juli 1, 2019", "01-Jul-19", "01-Jul-2019", "01/Jul/2019", "2019-Jul-01", "1. JULI 2019",
    "Mo, 01.07.2019", "Mo. 01.07.2019", "Montag, 1. Juli 2019", "Montag, den 1. Juli 2019",
    "Monday, July 1, 2019", "am 01.07.2019", "seit 1.7.2019", "01.07.2019 14:30",
    "01.07.2019, 14:30 Uhr",
    "01.07.2019 um 14:30 Uhr", "01.07.2019 14.30 Uhr", "01.07.2019 14 Uhr", "1.7.19 9:05",
    "01.07.2019 14:30:15", "2019-07-01 00:00:00", "2019-07-01 00:00:00.000", "2019-07-01T00:00:00",
    "2019-07-01T00:00:00Z", "2019-07-01T00:00:00.000Z", "2019-07-01T02:00:00+02:00",
    "2019-07-01 02:00:00+02", "2019-07-01T02:00:00.123456+0200", "20190701T000000Z",
    "01/07/2019 00:00", "01-07-2019 14:05:00", "Mon Jul 01 2019 02:00:00 GMT+0200 (CEST)",
    "01.07.2019 (telefonisch)", "01.07.2019(Brief)",
)  # fmt: skip

REFUSED = {
    "07/2019": Note.DAY_MISSING,
    "07.2019": Note.DAY_MISSING,
    "2019-07": Note.DAY_MISSING,
    "Juli 2019": Note.DAY_MISSING,
    "Jul 2019": Note.DAY_MISSING,
    "2019": Note.DAY_MISSING,
    "KW 27/2019": Note.DAY_MISSING,
    "Q3 2019": Note.DAY_MISSING,
    "ca. 01.07.2019": Note.DATE_UNCERTAIN,
    "01.07.2019?": Note.DATE_UNCERTAIN,
    "01.07.2019 (?)": Note.DATE_UNCERTAIN,
    "01.07.2019 (geplant)": Note.DATE_UNCERTAIN,
    "Anfang Juli 2019": Note.DATE_UNCERTAIN,
    "vor 2019": Note.DATE_UNCERTAIN,
    "01.07.2019 - 05.07.2019": Note.SEVERAL_DATES,
    "01.07.2019; 02.08.2019": Note.SEVERAL_DATES,
    "01.07.55": Note.CENTURY_UNCLEAR,
    "#NAME?": Note.FORMULA_ERROR,
    "31.04.2019": None,
    "30.02.2020": None,
    "01.07.0019": None,
    "1.7.": None,
    "12345": None,
    "gestern": None,
    "Foo 2019": None,
    "32.01.2019": None,
    "01.07.20195": None,
    "1.7.2019 telefonisch": None,
}


def days(*texts: str, told: DateOrder | None = None, column: str = "opened_on") -> Reading:
    dates = DateColumn(CASES.column(column), texts, [1] * len(texts), AS_OF)
    return dates.read(orders({column: dates.parsed}, told))


@pytest.mark.parametrize("text", DATES)
def test_a_day_is_read_in_any_form(text: str) -> None:
    assert list(days(text).values) == [JULY]


@pytest.mark.parametrize(("text", "note"), REFUSED.items())
def test_what_names_no_day_says_why(text: str, note: Note | None) -> None:
    reading = days(text)
    assert list(reading.values) == [None]
    assert reading.notes.get(0) == note


@pytest.mark.parametrize("month", ["Jänner", "Jän.", "Januar", "January", "Jan."])
def test_months_have_several_names(month: str) -> None:
    assert list(days(f"1. {month} 2019").values) == [dt.date(2019, 1, 1)]


NUMBERS = {
    "1000": 1000.0,
    "1234,5": 1234.5,
    "1.234,50": 1234.5,
    "1,234.50": 1234.5,
    "1.234.567": 1234567.0,
    "1'250.00": 1250.0,
    "1’250’000": 1250000.0,
    "1 250 000,50": 1250000.5,
    "25.000,00 €": 25000.0,
    "EUR 1.250,00": 1250.0,
    "1.250,-": 1250.0,
    "1.250,– €": 1250.0,
    "1.250,--": 1250.0,
    "1.250,00-": -1250.0,
    "1250-": -1250.0,
    "(1.250,00)": -1250.0,
    "-1.250,00": -1250.0,
    "−1250": -1250.0,
    "+3,5": 3.5,
    "1.2340": 1.234,
    "0.125": 0.125,
    ",5": 0.5,
    "1,5E+3": 1500.0,
    "3,5 VZÄ": 3.5,
    "250.000": Note.AMBIGUOUS_NUMBER,
    "250,000": Note.AMBIGUOUS_NUMBER,
    "EUR 1.250": Note.AMBIGUOUS_NUMBER,
    "-1.250": Note.AMBIGUOUS_NUMBER,
    "#REF!": Note.FORMULA_ERROR,
    "ca. 5": None,
    "1.25.000": None,
    "12 34": None,
    "--5": None,
    "-5-": None,
    "(5": None,
    "1.234,567.8": None,
}

INTEGERS = {
    "345.000": 345000,
    "345,000": 345000,
    "274'012": 274012,
    "274 012": 274012,
    "1.087.863": 1087863,
    "274012.0": 274012,
    "274012,0": 274012,
    "1,5": None,
    "1.2340": None,
    "274.01": None,
}

SHARES = {
    "11,9 %": 0.119,
    "11.9%": 0.119,
    "0,119": 0.119,
    "0.119": 0.119,
    "11,9 Prozent": 0.119,
    "100 %": 1.0,
    "15,3": Note.SHARES_IN_PERCENT,
    "115,3": 115.3,
    "119 ‰": Note.PER_MILLE,
    "hoch": None,
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kind, *each)
        for kind, table in ((Kind.NUMBER, NUMBERS), (Kind.INTEGER, INTEGERS), (Kind.SHARE, SHARES))
        for each in table.items()
    ],
)
def test_numbers_are_read_in_either_notation(kind: Kind, text: str, value: object) -> None:
    reading = read_numbers([text], kind)
    assert reading.notes.get(0, reading.values[0]) == value


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["11,8", "0", "15.3"], [0.118, 0.0, 0.153]),
        # One that may be a share leaves open what the others are.
        (["0,9", "11,8"], [0.9, 11.8]),
        (["11,8 %", "15,3"], [0.118, 15.3]),
        (["118", "15,3"], [118.0, 15.3]),
        (["1"], [1.0]),
    ],
)
def test_a_column_of_shares_above_one_is_percent(texts: list[str], values: list[float]) -> None:
    assert read_numbers(texts, Kind.SHARE).values == values


DISTRICTS = {
    "05766": ("05766", "5766", "5766.0", "05766000", "5766000", "057660000000", "57660000000",
              "05 766", "Lippe", "LIPPE", "Kreis Lippe", "Lippe, Kreis", "Landkreis Lippe", "LIP",
              "DEA45", "05766 Lippe", "Kreis Lippe (05766)"),
    "05334": ("StädteRegion Aachen", "Städteregion Aachen", "Aachen, Städteregion", "AC"),
    "05334002": ("Stadt Aachen", "Aachen, Stadt", "Aachen, kreisfreie Stadt"),
    "05315": ("Köln", "Stadt Köln", "Köln, Stadt", "kreisfreie Stadt Köln", "Krfr. Stadt Köln",
              "Koeln", "K", "Köln, krfr. Stadt"),
    "05117": ("Mülheim a. d. Ruhr", "Mülheim/Ruhr", "Mülheim (Ruhr)", "Mülheim an der Ruhr, Stadt",
              "Stadt Mülheim/Ruhr", "MH"),
    "05382": ("Rhein-Sieg-Kreis", "Rhein Sieg Kreis", "Rhein-Sieg", "SU"),
    "05958": ("Hochsauerlandkreis", "Hochsauerland-Kreis", "HSK"),
    "05962": ("Märkischer Kreis", "Maerkischer Kreis", "MK"),
    "05158": ("Kreis Mettmann", "Mettmann", "ME"),
    "05970": ("Siegen-Wittgenstein", "Kreis Siegen-Wittgenstein", "Siegen Wittgenstein", "SI"),
    "05162": ("Rhein-Kreis Neuss", "Rhein-Kreis-Neuss", "Kreis Neuss"),
    "05515": ("Münster", "Stadt Münster"),
}  # fmt: skip

NO_DISTRICTS = (
    "Aachen", "Kreis Aachen", "Kreis Münster", "Stadt Lippe", "Detmold", "Siegen", "Bielefeld-Ost",
    "Lippe (05315)", "Regierungsbezirk Köln", "Stadt Paderborn", "XX", "k", "05317x", "Berlin",
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text"), [(key, text) for key, texts in DISTRICTS.items() for text in texts]
)
def test_districts_are_found_by_key_name_and_plate(key: str, text: str) -> None:
    assert area_names(registry()).district(text) == key


@pytest.mark.parametrize("text", NO_DISTRICTS)
def test_what_names_no_district_or_two_stays_as_it_is(text: str) -> None:
    assert area_names(registry()).district(text) == text


def test_every_district_is_found_by_all_its_official_names() -> None:
    names = area_names(registry())
    for area in registry().districts:
        for text in (
            area.full_name,
            area.plate,
            area.nuts3,
            area.ags.lstrip("0"),
            f"{area.ags}0000000",
        ):
            assert names.district(text) == area.ags, text


def test_every_municipality_is_found_by_its_name() -> None:
    names = area_names(registry())
    for area in registry().municipalities:
        bare = area.name.partition(" (")[0]
        for text in (area.name, bare, f"{bare}, Stadt", f"Gemeinde {bare}"):
            assert names.municipality(text) == area.ags, text


TOWNS = {
    "05766044": ("Lemgo, Alte Hansestadt", "Alte Hansestadt Lemgo", "Lemgo", "05766044 Lemgo"),
    "05766032": ("Horn-Bad Meinberg", "Horn - Bad Meinberg"),
    "05970040": ("Universitätsstadt Siegen", "Siegen, Universitätsstadt"),
    "05382056": ("St. Augustin", "Sankt Augustin"),
    "05754012": ("Halle/Westf.", "Halle (Westf.)", "Halle (Westfalen)"),
    "05954032": ("Wetter", "Wetter (Ruhr)"),
}


@pytest.mark.parametrize(("key", "text"), [(k, t) for k, texts in TOWNS.items() for t in texts])
def test_towns_are_found_with_their_titles(key: str, text: str) -> None:
    assert area_names(registry()).municipality(text) == key


@pytest.mark.parametrize("text", ["Detmold, Lage", "Pivitsheide", "Köln-Ehrenfeld", "Lemgow"])
def test_towns_are_not_guessed(text: str) -> None:
    assert area_names(registry()).municipality(text) == text


@pytest.mark.parametrize(
    ("text", "key"),
    [("Moers", "05170024"), ("Stadt Moers", "05170024"), ("05162 R", "05162R"), ("NRW", "05"),
     ("05766000", "05766"), ("Stadt Aachen", "05334002"), ("Lippe", "05766"), ("05", "05")],
)  # fmt: skip
def test_units_are_found_by_name(text: str, key: str) -> None:
    assert area_names(registry()).unit(text) == key
