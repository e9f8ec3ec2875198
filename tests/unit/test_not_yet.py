"""What says that something has not happened, and what only that nobody knows."""

import pytest

from analytics.extracts.columns import Kind
from analytics.extracts.contract import TABLES
from analytics.extracts.reading.not_yet import says_not_yet

NOT_YET = {
    ("handovers", "answered_on"): [
        "keine Rückmeldung", "noch keine Rückmeldung", "Keine Antwort", "keine Reaktion",
        "nicht beantwortet", "noch nicht beantwortet", "Antwort steht aus",
        "Rückmeldung noch offen", "bisher keine Rückmeldung", "keine Rückmeldung erhalten",
        "in Prüfung", "nein", "no reply", "not yet answered", "no answer yet",
    ],
    ("handovers", "returned_on"): [
        "nicht zurückgegeben", "keine Rückgabe", "nicht nötig", "nicht erforderlich",
        "not returned",
    ],
    ("handovers", "return_reason"): [
        "keine", "keiner", "nein", "entfällt", "offen", "keine Rückgabe", "nicht zurückgegeben",
    ],
    ("titles", "decided_on"): [
        "in Prüfung", "nicht entschieden", "noch nicht entschieden", "keine Entscheidung",
        "Bescheid steht noch aus", "under review",
    ],
    ("titles", "decision"): [
        "offen", "noch offen", "in Bearbeitung", "ausstehend", "(offen)", "noch nicht entschieden",
        "keine Entscheidung", "pending",
    ],
    ("structure", "decided_on"): ["noch nicht beraten", "nicht beraten"],
    ("structure", "decision"): ["offen", "noch nicht beraten", "in Beratung"],
    ("structure", "raised_on"): ["noch nicht eingebracht"],
    ("structure", "implemented_on"): ["in Umsetzung", "nicht umgesetzt", "noch nicht umgesetzt"],
    ("conferences", "done_on"): ["noch nicht erledigt", "in Umsetzung"],
    ("regime_changes", "first_benefit_on"): ["noch keine Leistungen"],
    ("agreements", "valid_to"): ["unbegrenzt", "auf Dauer", "unbefristet", "indefinite"],
}  # fmt: skip

# Whether and when it happened stays open, or it has happened.
UNKNOWN = [
    "nicht bekannt", "noch nicht bekannt", "unbekannt", "nicht erfasst", "noch nicht erfasst",
    "kein Datum", "keine Angabe", "keine Angaben", "nicht dokumentiert", "keine Information",
    "kein Eintrag", "nicht ermittelbar", "keine Rückmeldung bekannt", "wird nachgereicht",
    "Datum folgt", "Datum fehlt", "not known", "not recorded", "no date", "ja", "erledigt",
    "nicht zuständig", "nicht rechtzeitig", "nicht einstimmig", "nicht vollständig umgesetzt",
    "keine Zustimmung", "nicht bewilligt", "teilweise", "Kündigung zum Jahresende", "ab Q3/2020",
]  # fmt: skip
# The same words say it in one column and something else in the other.
ELSEWHERE = {
    ("referrals", "started_on"): ["keine Rückmeldung", "keine Antwort", "in Umsetzung"],
    ("referrals", "ended_on"): ["keine Reaktion"],
    ("cases", "closed_on"): ["keine Rückmeldung", "keine Leistungen", "nicht zurückgegeben"],
    ("titles", "decided_on"): ["in Umsetzung", "nicht beschlossen"],
    ("titles", "decision"): ["nein", "unbefristet", "entfällt", "?", "aktiv", "in Umsetzung"],
    ("structure", "decision"): ["nein", "nicht angenommen", "in Umsetzung"],
    ("handovers", "return_reason"): ["?", "keine Kapazität", "keine Zuständigkeit"],
    ("handovers", "from_body"): ["offen", "keine"],
    ("referrals", "outcome"): ["nein", "entfällt", "in Prüfung", "nicht vermittelt"],
}  # fmt: skip


def _pairs(said: dict[tuple[str, str], list[str]]) -> list[tuple[str, str, str]]:
    return [(*where, text) for where, texts in said.items() for text in texts]


@pytest.mark.parametrize(("table", "column", "text"), _pairs(NOT_YET))
def test_what_has_not_happened_is_said_in_many_words(table: str, column: str, text: str) -> None:
    assert says_not_yet(TABLES[table].column(column), text)


@pytest.mark.parametrize(("table", "column", "text"), _pairs(ELSEWHERE))
def test_a_word_says_it_only_where_it_is_meant(table: str, column: str, text: str) -> None:
    assert not says_not_yet(TABLES[table].column(column), text)


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_nobody_knows_may_have_happened(text: str) -> None:
    columns = [each for table in TABLES.values() for each in table.of_kind(Kind.DATE, Kind.CODE)]
    assert not [column.name for column in columns if says_not_yet(column, text)]
