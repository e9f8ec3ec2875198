"""Which header means which column: by its name, and by whether the values below it fit."""

import pytest

from analytics.extracts.aliases import aliases
from analytics.extracts.contract import CASES, COMPARABILITY, FUNDING, POPULATION, REFERRALS, TABLES
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.headers import fit, match_headers
from analytics.extracts.rules import rule

DAYS = ["01.07.2019", "", "12.08.2019", "3.9.19"]
IDS = ["V-1", "V-2", "V-3", "V-4"]


def _matched(table, told: Instructions | None = None, **columns: list[str]):
    headers = [name.replace("__", " ") for name in columns]
    rows = list(zip(*columns.values(), strict=True))
    return match_headers(headers, table, rows, told or Instructions())


def _one(table, header: str, values: list[str], **others: list[str]):
    """Return the column of one header beside others, or the rule that says why it is not taken."""
    headers = [header, *others]
    found = match_headers(headers, table, list(zip(values, *others.values(), strict=True)))
    return found.positions.get(0) or (found.notes[0].rule if found.notes else "unknown")


@pytest.mark.parametrize(
    ("table", "header", "values", "meaning"),
    [
        (REFERRALS, "Vermittlung", DAYS, "referred_on"),
        (REFERRALS, "Vermittlung", ["2019-07-01", "", "2019-08-02", ""], "referred_on"),
        (REFERRALS, "Vermittlung", ["20190701", "", "", "20190802"], "referred_on"),
        (REFERRALS, "Vermittlung", ["1. Juli 2019", "", "2. Aug 2019", "offen"], "referred_on"),
        (REFERRALS, "Vermittlung", IDS, "referral_id"),
        (REFERRALS, "Vermittlung", ["Integrationskurs", "", "Jobcenter", "BSK"], "receiving_body"),
        (REFERRALS, "Vermittlung", ["ja", "nein", "ja", "ja"], "column_misfit"),
        (REFERRALS, "Vermittelt", ["ja", "nein", "", "ja"], "column_misfit"),
        (REFERRALS, "Vermittelt", DAYS, "referred_on"),
        (REFERRALS, "Vermittlung am", DAYS, "referred_on"),
        (REFERRALS, "Überwiesen am", DAYS, "referred_on"),
        (REFERRALS, "Datum Vermittlung", DAYS, "referred_on"),
        (REFERRALS, "Kurs begonnen", DAYS, "started_on"),
        (REFERRALS, "Kurs begonnen", ["ja", "nein", "ja", ""], "column_misfit"),
        (REFERRALS, "Kursbeginn", DAYS, "started_on"),
        (REFERRALS, "Beginn", DAYS, "started_on"),
        (REFERRALS, "Eintritt", DAYS, "started_on"),
        (REFERRALS, "Ende", DAYS, "ended_on"),
        (REFERRALS, "Kursende", DAYS, "unknown"),
        (REFERRALS, "Stand", ["offen", "begonnen", "", ""], "outcome"),
        (REFERRALS, "Stand", DAYS, "column_misfit"),
        (REFERRALS, "Status", ["vermittelt", "offen", "x", "y"], "outcome"),
        (REFERRALS, "Bedarf", ["Sprache", "Arbeit", "Sprache", "Kita"], "offer_area"),
        (REFERRALS, "Träger", ["Jobcenter", "Schule", "", ""], "receiving_body"),
        (REFERRALS, "ID", IDS, "referral_id"),
        (REFERRALS, "ID", ["K-1", "K-1", "K-1", "K-2"], "case_id"),
        (REFERRALS, "Fall", ["Familie mit drei Kindern"] * 4, "column_misfit"),
        (CASES, "Abschluss", DAYS, "closed_on"),
        (CASES, "Abschluss", ["Abitur", "ohne", "Hauptschule", ""], "column_school"),
        (CASES, "Abschluss", ["mittlere Reife", "", "", "Bachelor"], "column_school"),
        (CASES, "Abschluss", ["Bachelor", "Master", "", ""], "column_misfit"),
        (CASES, "Abschluss", ["", "", "", ""], "closed_on"),
        (CASES, "Abschluss", ["laufend", "offen", "", "laufend"], "closed_on"),
        (REFERRALS, "Datum der Verweisung", DAYS, "referred_on"),
        (REFERRALS, "Datum Kursbeginn", DAYS, "started_on"),
        (REFERRALS, "Datum Bedarfsmeldung", DAYS, "need_recorded_on"),
        (REFERRALS, "Datum der Verweisung", ["ja", "nein", "", ""], "column_misfit"),
        (REFERRALS, "Datum der Einreise", DAYS, "unknown"),
        (CASES, "Eröffnet", DAYS, "opened_on"),
        (CASES, "Geschlossen", DAYS, "closed_on"),
        (CASES, "Geschlossen", ["ja", "nein", "", ""], "column_misfit"),
        (CASES, "Ende der Beratung", DAYS, "closed_on"),
        (CASES, "Geb.-Jahr", ["1988", "1990", "", ""], "age_group"),
        (CASES, "Alter (Jahre)", ["27", "31", "", "4"], "age_group"),
        (CASES, "Alter (Monate)", ["27", "31", "", "4"], "unknown"),
        (CASES, "Alter [in Monaten]", ["27", "31", "", "4"], "unknown"),
        (FUNDING, "Betrag (T€)", ["250", "12,5", "", ""], "unknown"),
        (FUNDING, "Betrag (TEUR)", ["250", "12,5", "", ""], "unknown"),
        (FUNDING, "Betrag (in Mio. €)", ["250", "12,5", "", ""], "unknown"),
        (FUNDING, "Betrag (€)", ["250", "12,5", "", ""], "amount_eur"),
        (POPULATION, "Einwohner (in Tsd.)", ["349,6", "348", "", ""], "unknown"),
        (POPULATION, "Einwohner (Anzahl)", ["349600", "348", "", ""], "population"),
        (CASES, "Beginn", DAYS, "opened_on"),
        (CASES, "Beratungsbeginn", DAYS, "opened_on"),
        (CASES, "Aufnahme", ["telefonisch", "persönlich", "", ""], "column_misfit"),
        (CASES, "Zugang", DAYS, "column_misfit"),
        (CASES, "Zugang", ["Schule", "Jobcenter", "", ""], "access_path"),
        (CASES, "Leistungsbezug", ["ja", "nein", "ja", "ja"], "column_misfit"),
        (CASES, "Leistungsbezug", ["SGB II", "AsylbLG", "", ""], "legal_regime"),
        (CASES, "Status", ["offen", "geschlossen", "", ""], "column_misfit"),
        (CASES, "Status", ["Duldung", "§ 25 Abs. 2", "", ""], "residence_status"),
        (CASES, "Alter", ["27", "31", "", "4"], "age_group"),
        (CASES, "Alter", ["12.03.1988", "01.02.1990", "", ""], "column_misfit"),
        (CASES, "Geburtsjahr", ["1988", "1990", "", ""], "age_group"),
        (CASES, "Stelle", ["Jobcenter", "KI", "", ""], "provider"),
        (CASES, "AGS", ["05766", "5766", "", ""], "district"),
        (CASES, "AGS", ["05766000", "", "05766000", ""], "district"),
        (CASES, "AGS", ["05766020", "05766008", "", ""], "municipality"),
        (CASES, "Gemeindeschlüssel", ["05766020", "", "", ""], "municipality"),
        (CASES, "Aufenthaltsstatus", ["2", "1", "7", ""], "residence_status"),
        (FUNDING, "Summe", ["250000", "12.500,00", "", ""], "amount_eur"),
        (FUNDING, "Summe", ["siehe oben", "", "", ""], "column_misfit"),
        (POPULATION, "Datum", DAYS, "reference_date"),
        (POPULATION, "Datenquelle", ["Fortschreibung", "AZR", "", ""], "series"),
        (POPULATION, "Datenquelle", ["Tabelle 12411-01", "IT.NRW", "", ""], "source"),
        (COMPARABILITY, "Ab", ["Seite 3", "", "", ""], "column_misfit"),
        (COMPARABILITY, "Art", ["Software", "Definition", "", ""], "kind"),
    ],
)  # fmt: skip
def test_the_values_decide_what_a_doubtful_header_means(table, header, values, meaning) -> None:
    assert _one(table, header, values) == meaning


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Fall eröffnet am (TT.MM.JJJJ)", "opened_on"),
        ("Fall eröffnet am [Pflichtfeld]", "opened_on"),
        ("Geschlecht (m/w/d)", "sex"),
        ("Alter [Jahre]", "age_group"),
        ("Alter (bei Aufnahme)", "age_group"),
        ("1. Fall-ID", "case_id"),
        ("Fall-ID *", "case_id"),
        ("Fall-ID (Pflichtfeld)", "case_id"),
        ("Fall\n-ID", "case_id"),
        ("\u200bFall-ID\ufeff", "case_id"),
        ("FALL_ID:", "case_id"),
        ("Fa\u0308lle", None),
    ],
)
def test_what_forms_add_to_a_header_is_left_out(header: str, column: str | None) -> None:
    values = {"opened_on": "01.07.2019", "sex": "w", "age_group": "27", "case_id": "K-1"}
    found = match_headers([header], CASES, [[values.get(column or "", "x")]])
    assert found.positions.get(0) == column


def test_the_last_part_counts_where_headers_share_a_group() -> None:
    for sign in ("/", "::", ".", "__"):
        headers = [f"fall{sign}Fallkennung", f"fall{sign}Geschlecht", "Kreis"]
        found = match_headers(headers, CASES, [["S-1", "w", "05970"]])
        assert list(found.positions.values()) == ["case_id", "sex", "district"]
        assert fit(headers, CASES) == 3
    # One alone is no group, and a full name needs none.
    assert match_headers(["Termin/Status"], REFERRALS, [["offen"]]).positions == {}
    assert match_headers(["Kreis/kreisfreie Stadt"], CASES, [["05970"]]).positions == {
        0: "district"
    }


def test_numbered_headers_of_one_name_are_not_one_column() -> None:
    found = match_headers(["1. Vermittlung am", "2. Vermittlung am"], REFERRALS, [DAYS[:2]])
    assert found.positions == {}


@pytest.mark.parametrize("header", ["Ende", "Beendet am", "Enddatum", "Abgebrochen am"])
def test_an_end_beside_a_start_is_that_of_the_course(header: str) -> None:
    starts = ["01.08.2019", "", "01.08.2019", ""]
    alone, both = ["", "01.09.2019", "", ""], ["01.12.2019", "", "", ""]

    assert _one(REFERRALS, header, alone, started_on=starts) == "ended_on"
    assert _one(REFERRALS, header, both, started_on=starts) == "column_course_end"
    assert _one(REFERRALS, "Ohne Beginn beendet am", both, started_on=starts) == "ended_on"
    told = Instructions(columns=((header, "ended_on"),))
    rows = list(zip(both, starts, strict=True))
    assert match_headers([header, "started_on"], REFERRALS, rows, told).positions[0] == "ended_on"


def test_of_two_headers_for_one_column_the_one_with_fitting_values_is_taken() -> None:
    filled, empty = ["01.07.2019", "02.08.2019"], ["", ""]

    found = _matched(CASES, Abschluss=filled, Abschlussdatum=empty)
    assert found.names == {"closed_on": "Abschluss"}
    assert [(n.rule, n.value) for n in found.notes] == [("column_spare", "Abschlussdatum")]
    assert _matched(CASES, Abschluss=empty, Abschlussdatum=empty).names == {
        "closed_on": "Abschlussdatum"
    }
    assert _matched(CASES, Fallende=empty, Fall__abgeschlossen__am=empty).names == {
        "closed_on": "Fall abgeschlossen am"
    }
    # The surer name wins where both fit.
    assert _matched(CASES, Beginn=filled, opened_on=filled).names == {"opened_on": "opened_on"}


def test_two_headers_with_as_good_a_claim_are_refused_until_the_sender_chooses() -> None:
    columns = {"Fall-ID": ["K-1", "K-2"], "Fallnummer": ["A-1", "A-2"]}
    with pytest.raises(UnusableInputError) as caught:
        _matched(CASES, **columns)
    assert caught.value.message == "reader.duplicate_header"

    for told, name in ((("Fallnummer", ""), "Fall-ID"), (("Fallnummer", "case_id"), "Fallnummer")):
        found = _matched(CASES, Instructions(columns=(told,)), **columns)
        assert found.names == {"case_id": name}


def test_what_is_told_holds_whatever_is_below_the_header() -> None:
    told = Instructions(columns=(("Maßnahme", "Angebotsbereich"), ("Vermittlung", "referred_on")))
    found = _matched(REFERRALS, told, Maßnahme=["Yoga"], Vermittlung=["ja"])
    assert found.names == {"offer_area": "Maßnahme", "referred_on": "Vermittlung"}

    with pytest.raises(UnusableInputError) as caught:
        _matched(REFERRALS, Instructions(columns=(("Maßnahme", "gibtesnicht"),)), Maßnahme=["Yoga"])
    assert caught.value.message == "reader.told_column"


def test_a_header_that_names_people_can_be_told_to_be_nothing_but_a_key() -> None:
    told = Instructions(columns=(("Geburtsdatum", "age_group"),))
    with pytest.raises(UnusableInputError) as caught:
        _matched(CASES, told, Geburtsdatum=["12.03.1988"])
    assert caught.value.message == "reader.told_identifying"

    told = Instructions(columns=(("Aktenzeichen", "case_id"),))
    assert _matched(CASES, told, Aktenzeichen=["p-1"]).names == {"case_id": "Aktenzeichen"}


def test_without_rows_a_doubtful_header_has_its_first_meaning() -> None:
    assert match_headers(["Vermittlung", "Beginn"], REFERRALS).names == {
        "referral_id": "Vermittlung", "started_on": "Beginn"
    }  # fmt: skip
    named = match_headers(["Bedarfs-ID", "Vermittlung"], REFERRALS).names
    assert named == {"referral_id": "Bedarfs-ID", "referred_on": "Vermittlung"}


def test_no_spelling_is_sure_of_one_column_and_doubtful_of_another() -> None:
    for name, table in TABLES.items():
        sure = {s for s, _ in aliases().columns[name].items() if s not in aliases().doubtful[name]}
        assert aliases().exact[name] <= sure, table.name
        assert all(aliases().doubtful[name].values())


def test_every_note_on_a_header_is_a_rule() -> None:
    for note in ("misfit", "school", "course_end", "spare", "left_out"):
        assert rule(f"column_{note}")
