"""What tired officials write for the columns and codes of the optional tables."""

import pytest

from analytics.extracts.aliases import aliases
from analytics.extracts.code_words import meaning_of, nearest
from analytics.extracts.contract import TABLES, table, wording
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.headers import fit, match_headers
from analytics.extracts.reasons import Reason

# Headers by table, with some cells below those that may mean several things.
HEADERS = [
    ("handovers", "Abgebende Stelle", (), "from_body"),
    ("handovers", "Aufnehmende Stelle", (), "to_body"),
    ("handovers", "Übergabe am", (), "agreed_on"),
    ("handovers", "vereinbart am", (), "agreed_on"),
    ("handovers", "Übergabe", ("01.02.2020",), "agreed_on"),
    ("handovers", "Übergabe", ("Ü-1",), "handover_id"),
    ("handovers", "Termin vereinbart", (), "appointment_agreed"),
    ("handovers", "Termin wahrgenommen", (), "appointment_kept"),
    ("handovers", "Rückmeldung am", (), "answered_on"),
    ("handovers", "zurückgegeben am", (), "returned_on"),
    ("handovers", "Rückgabe", ("01.02.2020",), "returned_on"),
    ("handovers", "Rückgabe", ("nicht zuständig",), "return_reason"),
    ("handovers", "Rückgabegrund", (), "return_reason"),
    ("handovers", "Vermittlungs-ID", (), "referral_id"),
    ("handovers", "Bedarf", ("F-1-2",), "referral_id"),
    ("handovers", "von Stelle", (), "from_body"),
    ("handovers", "an Stelle", (), "to_body"),
    ("handovers", "beantwortet am", (), "answered_on"),
    ("handovers", "lfd. Nr.", ("1", "2"), "handover_id"),
    ("handovers", "Serial number", ("1", "2"), "handover_id"),
    ("regime_changes", "Rechtskreis alt", (), "old_regime"),
    ("regime_changes", "Rechtskreis neu", (), "new_regime"),
    ("regime_changes", "Wechsel am", (), "changed_on"),
    ("regime_changes", "erste Leistung am", (), "first_benefit_on"),
    ("regime_changes", "von", ("AsylbLG",), "old_regime"),
    ("regime_changes", "nach", ("SGB II",), "new_regime"),
    ("regime_changes", "Datum", ("01.02.2020",), "changed_on"),
    ("conferences", "Fallkonferenz am", (), "held_on"),
    ("conferences", "Datum", ("1.2.2020",), "held_on"),
    ("conferences", "Fallkonferenz", ("1.2.2020",), "held_on"),
    ("conferences", "beteiligte Stellen", (), "bodies"),
    ("conferences", "Beschlüsse (Anzahl)", (), "decisions"),
    ("conferences", "umgesetzt am", (), "done_on"),
    ("agreements", "Kooperationsvereinbarung", ("01.02.2020",), "signed_on"),
    ("agreements", "unterzeichnet am", (), "signed_on"),
    ("agreements", "gültig bis", (), "valid_to"),
    ("agreements", "zwischen", ("KI",), "first_body"),
    ("agreements", "und", ("Jobcenter",), "second_body"),
    ("agreements", "Stelle", ("KI",), "first_body"),
    ("agreements", "Partner", ("Jobcenter",), "second_body"),
    ("agreements", "Kommune", (), "unit"),
    ("structure", "Thema", ("T1",), "theme_id"),
    ("structure", "Thema", ("A", "B", "C"), "theme_id"),
    ("structure", "Thema", ("Wohnen", "Sprache", "Wohnen"), "offer_area"),
    ("structure", "Nr.", ("1", "2"), "theme_id"),
    ("structure", "Lenkungsgruppe am", (), "raised_on"),
    ("structure", "beschlossen am", (), "decided_on"),
    ("structure", "Beschluss", ("vertagt",), "decision"),
    ("structure", "Beschluss", ("01.02.2020",), "decided_on"),
    ("structure", "umgesetzt am", (), "implemented_on"),
    ("titles", "Vorgang", ("V 1/20", "V 2/20"), "application_id"),
    ("titles", "Laufende Nummer", ("1", "2"), "application_id"),
    ("titles", "Antrag vom", (), "applied_on"),
    ("titles", "Antrag", ("Einbürgerung",), "kind"),
    ("titles", "Antrag", ("01.02.2020",), "applied_on"),
    ("titles", "Bescheid vom", (), "decided_on"),
    ("titles", "Bescheid", ("abgelehnt",), "decision"),
    ("titles", "Art des Antrags", (), "kind"),
]
WORDS = [
    ("body", "Jobcenter", "job_centre"),
    ("body", "ABH", "immigration_office"),
    ("body", "Ausländerbehörde", "immigration_office"),
    ("body", "KI", "integration_centre"),
    ("body", "Sozialamt", "social_welfare_office"),
    ("body", "MBE", "counselling_service"),
    ("body", "Schule", "school"),
    ("body", "Schulamt", "school_office"),
    ("return_reason", "nicht zuständig", "not_responsible"),
    ("return_reason", "Unterlagen unvollständig", "documents_missing"),
    ("decision", "zurückgestellt", "deferred"),
    ("title_kind", "Aufenthaltserlaubnis", "residence_title"),
    ("title_kind", "Einbürgerung", "naturalisation"),
    ("title_decision", "zurückgezogen", "withdrawn"),
    ("table_name", "Übergaben", "handovers"),
    ("title_kind", "AE", "residence_title"),
    ("title_kind", "NE", "residence_title"),
    ("title_kind", "AE § 25 Abs. 5", "residence_title"),
    ("title_kind", "Aufenthaltserlaubnis nach § 25 Abs. 2 AufenthG", "residence_title"),
    ("title_kind", "Einb.", "naturalisation"),
    ("title_kind", "Einbürgerung § 10 StAG", "naturalisation"),
    ("title_decision", "Titel erteilt", "granted"),
    ("title_decision", "Einbürgerungsurkunde ausgehändigt", "granted"),
    ("return_reason", "Unterlagen fehlten", "documents_missing"),
    ("return_reason", "örtlich nicht zuständig", "not_responsible"),
    ("return_reason", "nicht erschienen", "person_absent"),
    ("body", "Jobcenter Duisburg", "job_centre"),
    ("body", "Ausländerbehörde Kreis Lippe", "immigration_office"),
]
# More than one thing may be meant: an extension is one of a title, a Duldung or a Gestattung, "AA"
# an agency or an Ausländeramt.
UNCLEAR = [
    ("title_kind", "Verlängerung"),
    ("title_kind", "§ 60a AufenthG"),
    ("title_kind", "AE § 25 Abs. 5 und Einbürgerung"),
    ("body", "AA"),
    ("body", "Jobcenter Duisburg und Sozialamt"),
    ("body", "Post Duisburg"),
    ("return_reason", "nicht zuständig Duisburg"),
]


@pytest.mark.parametrize(("name", "header", "cells", "column"), HEADERS)
def test_a_header_means_its_column(
    name: str, header: str, cells: tuple[str, ...], column: str
) -> None:
    found = match_headers([header], table(name), [(cell,) for cell in cells])
    assert found.names == {column: header}


TOPICS = ("Lange Wartezeit", "Kitaplätze fehlen", "Wohnraum", "Termine der ABH")
UNREAD = [
    # What a theme or an application is about is no key of it, and a need in words is no need's id.
    ("structure", "Thema", TOPICS, "theme_id"),
    ("titles", "Vorgang", ("Ersterteilung", "Verlängerung"), "application_id"),
    ("titles", "Vorgang", ("V 1", "V 1", "V 2", "V 2"), "application_id"),
    ("handovers", "Bedarf", ("Sprachkurs", "Sprachkurs"), "referral_id"),
    # A number that begins anew each year, a day that is none.
    ("handovers", "lfd. Nr.", ("1", "2", "1", "2"), "handover_id"),
    ("conferences", "Datum", ("folgt", "folgt"), "held_on"),
]


@pytest.mark.parametrize(("name", "header", "cells", "column"), UNREAD)
def test_a_header_whose_values_say_something_else_is_not_read(
    name: str, header: str, cells: tuple[str, ...], column: str
) -> None:
    found = match_headers([header], table(name), [(cell,) for cell in cells])

    assert found.names == {}
    assert [(n.rule, n.value, n.field) for n in found.notes] == [("column_misfit", header, column)]


def matched(name: str, **columns: tuple[str, ...]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return which header stands for which column, and the notes on the others."""
    headers = [header.replace("__", " ") for header in columns]
    found = match_headers(headers, table(name), list(zip(*columns.values(), strict=True)))
    return found.names, [(note.rule, note.value or "") for note in found.notes]


def test_a_theme_beside_its_key_is_left_out() -> None:
    keys = ("T1", "T2", "T3", "T4")
    for key in ("ID", "Themen-Nr.", "Nr."):
        names, notes = matched("structure", **{key: keys, "Thema": TOPICS})
        assert names == {"theme_id": key}
        # Beside a sure key it may have meant the area, which nothing else holds.
        rule = "column_misfit" if key == "Themen-Nr." else "column_spare"
        assert notes == [(rule, "Thema")]
    areas = ("Sprache", "Familie", "Wohnen", "Sprache")
    names, notes = matched("structure", **{"Themen-ID": keys, "Thema": TOPICS, "Bereich": areas})
    assert names == {"theme_id": "Themen-ID", "offer_area": "Bereich"}
    assert notes == [("column_spare", "Thema")]


def test_of_two_columns_of_words_the_one_of_known_words_is_taken() -> None:
    topics, areas = ("Wohnung", "Warten", "Anträge"), ("Wohnen", "Sprache", "Familie")
    names, notes = matched("referrals", Thema=topics, Bereich=areas)
    assert (names, notes) == ({"offer_area": "Bereich"}, [("column_spare", "Thema")])


def test_a_bare_header_is_the_last_to_be_asked() -> None:
    numbers, keys, days = ("1", "2"), ("Ü-7", "Ü-8"), ("01.02.2020", "02.02.2020")
    for key in ("Übergabe-ID", "ID", "Übergabe"):
        assert matched("handovers", Nr=numbers, **{key: keys})[0] == {"handover_id": key}
    # A doubtful name with nothing that repeats is better than a number of rows.
    names, notes = matched("conferences", Fallkonferenz=days, Datum=days)
    assert (names, notes) == ({"held_on": "Fallkonferenz"}, [])
    names, notes = matched("regime_changes", Rechtskreiswechsel=("a", "b"), Datum=days)
    assert (names, notes) == ({"changed_on": "Datum"}, [("column_spare", "Rechtskreiswechsel")])
    with pytest.raises(UnusableInputError, match="duplicate_header"):
        matched("handovers", Nr=numbers, lfd__Nr=numbers)


def test_a_bare_header_does_not_tell_what_table_it_is() -> None:
    for each in TABLES:
        assert not aliases().bare[each].keys() & aliases().columns[each].keys()
        assert fit(["Nr."], TABLES[each]) == 0
    # Needs without an id are given one from their case: numbers of rows change with each export.
    assert "nr" not in aliases().bare["referrals"]


@pytest.mark.parametrize(("code_list", "word", "code"), WORDS)
def test_a_word_means_its_code(code_list: str, word: str, code: str) -> None:
    assert meaning_of(code_list, word) == code


@pytest.mark.parametrize(("code_list", "word"), UNCLEAR)
def test_a_word_of_several_meanings_has_no_code(code_list: str, word: str) -> None:
    assert not isinstance(meaning_of(code_list, word), str)


@pytest.mark.parametrize("word", ["IHK", "AA", "JB"])
def test_an_abbreviation_is_no_slip_of_another(word: str) -> None:
    assert nearest("body", word) is None


def test_a_benefit_is_no_body() -> None:
    assert isinstance(meaning_of("body", "Sozialhilfe"), Reason)


def test_every_word_of_the_two_lists_of_bodies_is_one_of_a_body() -> None:
    codes, reasons = aliases().codes, aliases().reasons["body"]
    words = {**codes["provider"], **codes["receiving_body"]}
    assert not words.keys() - codes["body"].keys() - reasons.keys()
    # Two words have a nearer code than the association that runs them.
    other = {word for word, code in words.items() if codes["body"][word] != code}
    assert other == set()
    assert codes["provider"]["mbe"] == "welfare_association"
    assert codes["body"]["mbe"] == codes["receiving_body"]["mbe"] == "counselling_service"


def test_a_column_that_means_something_else_has_words_of_its_own() -> None:
    assert wording("titles", "kind") == "title_kind"
    assert wording("comparability", "kind") == "kind"
    assert wording("cases", "no column") == "no column"
    by_name: dict[str, set[tuple[object, object]]] = {}
    for each in TABLES.values():
        for column in each.columns:
            by_name.setdefault(column.words, set()).add((column.kind, column.codes))
    # What was decided differs between the steering group and an office; the word does not.
    assert [name for name, kinds in by_name.items() if len(kinds) > 1] == ["decision"]
