"""What people write for residence titles, benefits, ages, sex, offers and endings, and its code."""

import datetime as dt

import pyarrow as pa
import pytest

from analytics.domain.vocabulary import ResidenceStatus
from analytics.extracts.aliases import aliases
from analytics.extracts.birth_years import with_birth_years
from analytics.extracts.code_words import meaning_of, meanings, nearest, reason_of
from analytics.extracts.reasons import Reason
from analytics.extracts.residence_titles import titles
from analytics.i18n import LANGUAGES, words

TITLES = {
    "asylum_procedure": [
        "Aufenthaltsgestattung", "§ 55 AsylG", "§ 55 Abs. 1 AsylG", "Aufenthaltsgestattung (§ 55)",
        "BÜMA", "Ankunftsnachweis", "§ 63a AsylG", "Asylbewerberin", "im Asylverfahren",
        "§ 55 AsylVfG",
    ],
    "tolerated": [
        "Duldung", "geduldet", "§ 60a AufenthG", "Duldung § 60a", "Duldung nach § 60a Abs. 2 S. 3",
        "§ 60b", "Beschäftigungsduldung", "Beschäftigungsduldung (§ 60d AufenthG)",
        "Ausbildungsduldung", "Ausbildungsduldung § 60c", "60a", "§ 60a-Duldung",
    ],
    "protection": [
        "§ 25 Abs. 1", "§ 25 Abs. 2", "§ 25 Abs. 2 AufenthG", "§25(2)", "§ 25 (2) AufenthG",
        "25 II AufenthG", "§ 25 II 1 Alt. 2", "25.2", "25/3", "§ 25 Absatz 2 Satz 1",
        "§ 25 Abs. 2 S. 1 Alt. 2 AufenthG", "§ 25 Abs. 2 Satz 1, 2. Alternative AufenthG",
        "AE § 25 Abs. 3", "§ 25 Abs. 1 oder 2", "§ 25 Abs. 2 AufenthG, gültig bis 12.03.2024",
        "§ 25 Abs. 2 i.V.m. § 3 AsylG", "§ 25 Abs. 1 AufenthG i. V. m. Art. 16a GG",
        "subs. Schutz", "subsidiärer Schutz (§ 4 AsylG)", "§ 3 AsylG", "§ 26 AsylG",
        "Abschiebungsverbot § 60 Abs. 5", "§ 60 Abs. 7 Satz 1", "Art. 16a GG", "Asylberechtigt",
        "anerkannter Flüchtling", "GFK", "paragraph 25 absatz 2",
    ],
    "temporary_protection": [
        "§ 24", "§24 AufenthG", "Paragraf 24", "Aufenthaltserlaubnis nach § 24 AufenthG",
        "§ 24 Abs. 1", "§ 24 AufenthG (Ukraine)", "vorübergehender Schutz",
    ],
    "eu_citizen": [
        "EU-Bürger/in", "Unionsbürgerin", "FreizügG/EU", "§ 2 FreizügG/EU", "Freizügigkeit",
        "Aufenthaltskarte", "§ 5 FreizügG/EU", "EU", "§ 3a FreizügG/EU", "§ 12a FreizügG/EU",
    ],
    "settlement": [
        "Niederlassungserlaubnis", "NE § 26 Abs. 3", "§ 26 IV", "§ 9", "Daueraufenthalt-EU",
        "Daueraufenthalt-EU (§ 9a)", "Niederlassungserlaubnis gem. § 28 Abs. 2 AufenthG",
        "Niederlassungserlaubnis § 18c", "§ 35 AufenthG", "unbefristet",
        "§ 35 Abs. 1", "Aufenthaltsberechtigung",
    ],
    "other_permit": [
        "Blaue Karte", "Blaue Karte EU", "Blaue Karte EU (§ 18g)", "§ 18g AufenthG",
        "§ 18b Abs. 2 AufenthG", "§ 19a", "§ 104c", "Chancenaufenthaltsrecht § 104c", "§ 104 c",
        "§ 25 Abs. 5", "25 V AufenthG", "§ 25 Abs. 4a AufenthG", "§ 25a", "§ 25 b AufenthG",
        "§ 28 Abs. 1 Satz 1 Nr. 1 AufenthG", "AE § 28", "§30", "§ 36a", "§ 16b", "§ 23a",
        "§ 38a AufenthG", "§§ 30, 32", "§ 21 Abs. 5", "§ 21 Abs. 2a AufenthG", "§ 16g",
        "Sonstige Aufenthaltserlaubnis", "Aufenthaltserlaubnis Familiennachzug",
        "§ 30 i.V.m. § 28 Abs. 1",
    ],
}  # fmt: skip

UNDECIDED = {
    "paragraph": ["§ 25", "§ 25 AufenthG", "AE § 25", "§ 60"],
    "permit_or_settlement": ["§ 28", "§ 26 AufenthG", "§ 38", "§ 21", "§ 21 Abs. 4", "§ 35 Abs. 3"],
    "law_changed": ["§ 18b", "§ 19", "§ 18c AufenthG"],
    "admission": ["§ 22", "§ 23 Abs. 1", "§§ 22, 23", "Resettlement"],
    "fiction": ["Fiktionsbescheinigung", "Fiktionsbescheinigung § 25 Abs. 2", "§ 81 Abs. 4"],
    "visa": ["Visum", "§ 6 AufenthG"],
    "leaving": [
        "§ 7 FreizügG/EU",
        "Verlustfeststellung",
        "§ 5 Abs. 4 FreizügG/EU",
        "§ 6 FreizügG/EU",
        "ausreisepflichtig",
        "GÜB",
        "Grenzübertrittsbescheinigung",
    ],
    "german": ["deutsch", "deutsche Staatsangehörigkeit", "eingebürgert"],
    "asylum": ["Asyl", "Flüchtling", "Schutz", "Folgeantrag", "§ 71 AsylG"],
    "permit": [
        "AE",
        "Aufenthaltserlaubnis",
        "Aufenthaltserlaubnis (befristet)",
        "Aufenthaltsbefugnis",
        "befristet",
        "Daueraufenthalt",
    ],
    "several": [
        "§ 25 Abs. 5 i.V.m. § 60a",
        "Duldung § 25 Abs. 5",
        "§ 25 Abs. 3, 5",
        "§ 24 / § 25 Abs. 5",
    ],
    "number_codes": ["24", "2", "007"],
}
UNKNOWN = [
    "Aufenthaltserlaubnis § 99", "§§ 16-18", "12.03.1988", "K-101", "24.0", "9.1", "0151 2345678",
    "Müller § 25 Abs. 2", "§ 3", "§ 25 Abs. 2 SGB II", "Ukraine",
    "§ 55 AuslG", "§ 71", "§ 28 i.V.m. § 27",
]  # fmt: skip

OTHERS = {
    "legal_regime": {
        "asylblg": ["AsylbLG § 3", "§ 3 AsylbLG", "AsylbLG §2", "§ 2 AsylbLG (Analogleistungen)",
                    "Analogleistungen", "Leistungen nach dem AsylbLG"],
        "sgb2": ["Bürgergeld", "SGB II (Bürgergeld)", "Bürgergeld (SGB II)", "SGBII", "SGB-II",
                 "Hartz IV", "ALG 2", "Grundsicherung (SGB II)", "Sozialgeld", "SGB II, Wohngeld"],
        "sgb3": ["ALG I", "Arbeitslosengeld I", "BAB", "SGB III § 136"],
        "sgb12": ["Grundsicherung im Alter", "Hilfe zum Lebensunterhalt", "HLU (SGB XII)",
                  "SGB XII § 41", "Leistungen nach dem SGB XII"],
        "none": ["kein Leistungsbezug", "keine Leistungen", "ohne"],
        "several": ["SGB II / SGB XII", "SGB II/XII", "AsylbLG/SGB II", "SGB 2 und 12"],
        "basic_security": ["Grundsicherung", "ALG"],
        "other_benefit": ["BAföG", "Wohngeld / Kindergeld", "SGB VIII"],
        "own_income": ["eigenes Einkommen", "erwerbstätig"],
        None: ["foo (SGB II)", "SGB"],
    },
    "age_group": {
        "under_18": ["17", "0", "unter 18 Jahre", "U18", "bis 17", "<18", "6-10", "minderjährig",
                     "8 Monate", "3 Wochen alt"],
        "18_24": ["18", "18 – 24 Jahre", "zwischen 18 und 24", "18 bis unter 25", "20-24"],
        "25_34": ["27", "27 J.", "27 Jahre", "27-jährig", "27,0", "25 bis 34", "25-34"],
        "35_54": ["41", "35 bis unter 55", "40-49 Jahre", "54 years"],
        "55_plus": ["55", "60+", "über 55", "ü60", "ab 55", "65 Jahre und älter", "101"],
        "age_cut": ["U25", "20-29", "50+", "30 bis 39", "ab 18", "erwachsen"],
        "birth_year": ["1994", "2003", "Jg. 1980", "*1980", "geb. 1980", "1980.0"],
        None: ["130", "1880", "*12.03.1988", "12.03.1988", "24,5", "x"],
    },
    "sex": {
        "female": ["Frau", "Mädchen", "weibl.", "w", "weiblich (w)"],
        "male": ["Herr", "Junge", "männl", "Mann", "M"],
        "diverse": ["d", "divers"],
        "several": ["m/w/d", "m/w"],
        "sex_x": ["x"],
    },
    "offer_area": {
        "language": ["Integrationskurs", "Deutschkurs", "BSK", "B1-Kurs", "Sprachkurs/Deutschkurs"],
        "education": ["Schulplatz", "Ausbildung", "Studium"],
        "labour_market": ["Arbeit", "Jobsuche", "Arbeitsplatz"],
        "housing": ["Wohnungssuche", "Wohnraum"],
        "health": ["Gesundheit", "Arztsuche"],
        "residence_law": ["Aufenthaltsrecht", "Einbürgerung"],
        "family": ["Kita", "Kita-Platz", "Kindergarten"],
        "other": ["Schulden", "Schuldnerberatung"],
        "several": ["Arbeit/Ausbildung", "Sprache, Arbeit", "Arbeit / Anerkennung"],
        "two_areas": ["Anerkennung", "Weiterbildung", "Familiennachzug"],
    },
    "outcome": {
        "open": ["Warteliste", "auf Warteliste", "wartet", "noch offen"],
        "started": ["Kurs läuft", "nimmt teil", "Kurs beendet"],
        "broken_off": ["Abbruch", "Kurs abgebrochen"],
        "declined": ["von TN abgelehnt", "lehnt ab"],
        "no_place": ["kein freier Platz", "ausgebucht"],
        "declined_by": ["abgelehnt", "Ablehnung"],
        "no_show": ["TN nicht erschienen", "nicht angetreten"],
        "unclear_end": ["erledigt", "beendet", "läuft"],
    },
    "provider": {"which_office": ["Jugendhilfe"]},
}  # fmt: skip


def _name(meaning):
    return meaning.name if isinstance(meaning, Reason) else meaning


@pytest.mark.parametrize(
    ("text", "code"), [(t, code) for code, texts in (TITLES | UNDECIDED).items() for t in texts]
)
def test_a_residence_title_is_read_in_any_notation(text: str, code: str) -> None:
    assert _name(meaning_of("residence_status", text)) == code


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_only_looks_like_a_title_stays_unknown(text: str) -> None:
    assert meaning_of("residence_status", text) is None


@pytest.mark.parametrize(
    ("code_list", "text", "code"),
    [(name, t, code) for name, each in OTHERS.items() for code, ts in each.items() for t in ts],
)
def test_a_word_about_people_has_its_code_or_its_reason(code_list, text, code) -> None:
    assert _name(meaning_of(code_list, text)) == code


def test_every_line_of_the_law_has_its_source() -> None:
    known = titles()
    assert all("§" in source or "Art." in source for source in known.sources)
    meanings_of_lines = [*known.sections.values(), *known.words.values()]
    codes = {each for each in meanings_of_lines if isinstance(each, str)}
    assert codes == {*ResidenceStatus} - {ResidenceStatus.UNKNOWN}


def test_no_spelling_has_two_meanings() -> None:
    own = aliases().codes["residence_status"]
    doubled = {w for w, m in titles().words.items() if w in own and own[w] != m}
    assert not doubled
    for name, reasons in aliases().reasons.items():
        assert not set(reasons) & set(aliases().codes[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language) -> None:
    known = titles()
    reasons = {
        m for m in (*known.sections.values(), *known.words.values()) if m.__class__ is Reason
    }
    names = {reason.name for reason in reasons}
    names |= {name for each in aliases().reasons.values() for name in each.values()}
    assert {f"reason.{name}" for name in names} <= set(words(language).messages)


def test_numbers_of_one_digit_alone_are_codes_not_children() -> None:
    assert meanings("age_group", ["1", "2", "5", None]) == [None] * 4
    assert meanings("age_group", ["1", "12", "30"]) == ["under_18", "under_18", "25_34"]
    assert reason_of("age_group", "3x") is None
    assert reason_of("sex", "2") == Reason("number_codes")


def test_what_the_sender_tells_comes_first() -> None:
    told = {"2": "tolerated", "24": "protection", "duldung": "unknown"}
    texts = ["2", "24", "§ 24", "Duldung"]
    assert meanings("residence_status", texts, told) == [
        "tolerated", "protection", "temporary_protection", "unknown"
    ]  # fmt: skip


def test_a_year_of_birth_counts_where_both_ages_are_in_one_group() -> None:
    texts = pa.array(["Jg. 1990", "1994.0", "Duldung", None, "1990"]).dictionary_encode()
    days = pa.array([dt.date(2019, 7, 1)] * 4 + [None], pa.date32())
    groups = pa.array([None, None, "18_24", None, None], pa.string())

    found = with_birth_years(groups, texts, days)

    # Born in 1994, somebody is 24 or 25 in 2019.
    assert found.to_pylist() == ["25_34", None, "18_24", None, None]


def test_a_slip_of_the_pen_is_named_with_what_it_may_mean() -> None:
    assert nearest("residence_status", "Sonstige Aufenthaltserlaubnsi") == "other_permit"
    assert nearest("sex", "weiblihc") == "female"
    assert nearest("sex", "Banane") is None
