"""Files of another shape than the contract are read as its rows; nothing goes without a word."""

from collections.abc import Mapping

import pytest
from blocks import block, block_in, rows_of

from analytics.extracts.contract import CASES, POSTS, REFERRALS, Table
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.block import Block, place_of
from analytics.extracts.readers.reshaping import Reshaped, completed, reshaped
from analytics.extracts.readers.reshaping.columns import column_of

FOREIGN = Instructions(
    columns=(
        ("Beratungsbeginn", "opened_on"),
        ("Bedarf festgestellt", "need_recorded_on"),
        ("Vermittlung am", "referred_on"),
        ("Maßnahme", "offer_area"),
        ("Kurs begonnen", "started_on"),
    )
)
"""What a sender of a foreign export tells about its headers."""


def _secret() -> bytes:
    return b"x" * 32


def _reshaped(found: Block, table: Table, told: Instructions = NOTHING_TOLD) -> Reshaped:
    shaped = reshaped(found, table, told, _secret)
    (whole,), notes = completed([shaped.block], table, told)
    return Reshaped(whole, shaped.told, (*shaped.notes, *notes))


def _rows(
    found: Block, table: Table, told: Instructions = NOTHING_TOLD
) -> list[dict[str, str | None]]:
    """Return the rows by the contract's names, unknown headers left out."""
    shaped = _reshaped(found, table, told).block
    names = {header: column_of(header, table, told) for header in shaped.headers}
    return [
        {str(names[header]): cell for header, cell in row.items() if names[header]}
        for row in rows_of(shaped)
    ]


def _counts(found: Block, table: Table, told: Instructions = NOTHING_TOLD) -> Mapping[str, int]:
    return {note.rule: note.count for note in _reshaped(found, table, told).notes}


@pytest.mark.parametrize(
    ("name", "told", "cases", "needs"),
    [
        ("r14_wide.csv", NOTHING_TOLD, 3, 6),
        ("q04_wide_contract_names.xlsx", NOTHING_TOLD, 12, 24),
        ("q02_export_wide.xlsx", FOREIGN, 12, 24),
        ("s28_full_export.csv", FOREIGN, 4, 4),
    ],
)
def test_files_with_cases_and_needs_are_read_as_both(
    name: str, told: Instructions, cases: int, needs: int
) -> None:
    found = block_in(name)

    as_cases, as_needs = _rows(found, CASES, told), _rows(found, REFERRALS, told)

    assert len(as_cases) == len({row["case_id"] for row in as_cases}) == cases
    assert len(as_needs) == len({row["referral_id"] for row in as_needs}) == needs
    assert {row["case_id"] for row in as_needs} <= {row["case_id"] for row in as_cases}
    assert all(row["opened_on"] for row in as_cases)
    assert all(row["offer_area"] and row["need_recorded_on"] for row in as_needs)
    assert _counts(found, CASES, told)["needs_beside_cases"] == needs
    assert _counts(found, REFERRALS, told)["referral_ids_made"] == needs
    assert "cases_beside_needs" in _counts(found, REFERRALS, told)


def test_a_wide_sheet_keeps_each_date_with_its_need() -> None:
    first, second, *_ = _rows(block_in("r14_wide.csv"), REFERRALS)

    assert first == {
        "case_id": "K-101",
        "district": "05766",
        "offer_area": "Sprachkurs",
        "need_recorded_on": "03.07.2019",
        "referred_on": "20.08.2019",
        "started_on": "01.09.2019",
        "referral_id": "K-101-1",
    }
    assert (second["offer_area"], second["need_recorded_on"]) == ("Arbeit", "10.07.2019")
    assert (second["referred_on"], second["started_on"]) == (None, None)
    assert second["referral_id"] == "K-101-2"


WIDE = {
    "behind": ("Bedarf {} | Bedarf am {} | Vermittelt am {}", "1", "2"),
    "inside": ("Bedarf {} | Bedarf {} am | Vermittelt {} am", "1", "2"),
    "before": ("{} Bedarf | {} Bedarf am | {} Vermittelt am", "1.", "2."),
    "underscore": ("Bereich_{} | Bedarf_am_{} | Vermittelt am_{}", "1", "2"),
    "contract": ("offer_area.{} | need_recorded_on.{} | referred_on.{}", "1", "2"),
    "brackets": ("Bedarf ({}) | Bedarf am ({}) | Vermittelt am ({})", "1", "2"),
    "square": ("Bereich[{}] | Bedarf am[{}] | Vermittelt am[{}]", "1", "2"),
    "roman": ("Bedarf {} | Bedarf {} am | Vermittelt am {}", "I", "II"),
    "words": ("{} Bedarf | {} Bedarf am | {} Vermittelt am", "Erster", "Zweiter"),
    "letters": ("Bedarf {} | Bedarf {} am | Vermittelt am {}", "A", "B"),
    "colon": ("Bedarf {}: Bereich | Bedarf {}: Bedarf am | Bedarf {}: Vermittelt am", "1", "2"),
    "noun": ("Bedarf {} Bereich | Bedarf {} festgestellt am | Bedarf {} vermittelt am", "1", "2"),
    "path": ("need/{}/offer_area | need/{}/need_recorded_on | need/{}/referred_on", "1", "2"),
    "zero": ("Bedarf {} | Bedarf am {} | Vermittelt am {}", "01", "02"),
    "from zero": ("Bedarf {} | Bedarf am {} | Vermittelt am {}", "0", "1"),
    "Nr.": ("Bedarf {} | Bedarf am {} | Vermittelt am {}", "Nr. 1", "Nr. 2"),
    "glued": ("Bedarf{} | Bedarf am{} | Vermittelt am{}", "1", "2"),
    "first without": ("Angebotsbereich {} | Bedarf am {} | Vermittelt am {}", "", "2"),
    "pandas": ("Angebotsbereich{} | Bedarf am{} | Vermittelt am{}", "", ".1"),
    "years": ("Bedarf {} | Bedarf {} am | Vermittelt am {}", "2019", "2020"),
    "repeated": ("Angebotsbereich{} | Bedarf am{} | Vermittelt am{}", "", ""),
    "areas": ("{}: Bedarf am | {}: Vermittelt am", "Sprache", "Arbeit"),
}


@pytest.mark.parametrize("way", WIDE)
def test_groups_are_found_however_they_are_numbered(way: str) -> None:
    template, first, second = WIDE[way]
    headers = f"Fall-ID | Kreis | Fall eröffnet am | {template.replace('{}', first)}"
    areas = ("", "") if way == "areas" else ("Sprache | ", "Arbeit | ")
    found = block(
        f"""{headers} | {template.replace("{}", second)}
        K-1 | 05766 | 1.1.2019 | {areas[0]}01.02.2019 | 01.03.2019 | {areas[1]}05.02.2019 |"""
    )

    needs = _rows(found, REFERRALS)

    assert [row["referral_id"] for row in needs] == ["K-1-1", "K-1-2"]
    assert [row["need_recorded_on"] for row in needs] == ["01.02.2019", "05.02.2019"]
    assert [row["referred_on"] for row in needs] == ["01.03.2019", None]
    assert len({row["offer_area"] for row in needs}) == 2
    assert [set(row) for row in _rows(found, CASES)] == [{"case_id", "district", "opened_on"}]


def test_rows_of_one_line_have_ids_of_their_own() -> None:
    shaped = _reshaped(block_in("r14_wide.csv"), REFERRALS).block

    places = [place_of(row) for row in shaped.cells.column("line").to_pylist()]

    assert [(place.line, place.part) for place in places] == [
        (2, 0), (2, 1), (3, 0), (3, 1), (4, 0), (4, 1)
    ]  # fmt: skip


def test_an_empty_group_is_no_need_and_a_half_filled_one_is_left_to_the_rules() -> None:
    found = block(
        """Fall-ID | Kreis | Bedarf 1 | Bedarf 1 am | Binding 1 | Bedarf 2 | Bedarf 2 am | Binding 2
        K-1 | 05766 | Sprache | 1.2.2019 | ja | | | nein
        K-2 | 05766 | - | k.A. | nein | Arbeit | | nein
        K-3 | 05766 | | | nein | | | nein"""
    )

    needs = _rows(found, REFERRALS)

    assert [(row["referral_id"], row["offer_area"], row["need_recorded_on"]) for row in needs] == [
        ("K-1-1", "Sprache", "1.2.2019"),
        ("K-2-2", "Arbeit", None),
    ]


def test_a_second_attempt_is_no_second_need() -> None:
    found = block(
        """Fall-ID | Kreis | Angebotsbereich | Bedarf am | Vermittelt am 1 | Vermittelt am 2
        K-1 | 05766 | Sprache | 1.2.2019 | 2.2.2019 | 3.3.2019"""
    )

    assert len(_rows(found, REFERRALS)) == 1


def test_a_case_in_two_lines_or_sheets_gets_no_id_twice() -> None:
    first = block(
        """Fall-ID | Kreis | Bedarf 1 | Bedarf 1 am
        K-1 | 05766 | Sprache | 1.2.2019
        K-1 | 05766 | Arbeit | 1.3.2019"""
    )
    second = block("Fall-ID | Kreis | Bedarf 1 | Bedarf 1 am\nK-1|05766|Wohnen|1.4.2020", of=1)

    shaped = [reshaped(each, REFERRALS, NOTHING_TOLD, _secret).block for each in (first, second)]
    blocks, _ = completed(shaped, REFERRALS, NOTHING_TOLD)

    ids = [row["referral_id"] for each in blocks for row in rows_of(each)]
    assert ids == ["K-1-1", "K-1-2", "K-1-3"]


AREAS = {
    "Sprache, Arbeit": ["Sprache", "Arbeit"],
    "Sprache |##| Bildung": ["Sprache", "Bildung"],
    "Sprache; Wohnen; Gesundheit": ["Sprache", "Wohnen", "Gesundheit"],
    "Sprache/Arbeit": ["Sprache", "Arbeit"],
    "Arbeit/Ausbildung": ["Arbeit", "Ausbildung"],
    "Sprache + Arbeit": ["Sprache", "Arbeit"],
    "Sprache & Arbeit": ["Sprache", "Arbeit"],
    "Sprache und Arbeit": ["Sprache", "Arbeit"],
    "Sprache sowie Arbeit": ["Sprache", "Arbeit"],
    "Sprache|Arbeit": ["Sprache", "Arbeit"],
    "Sprache\nArbeit": ["Sprache", "Arbeit"],
    "- Sprache\n- Arbeit": ["Sprache", "Arbeit"],
    "1. Sprache\n2. Arbeit": ["Sprache", "Arbeit"],
    "• Sprache • Arbeit": ["Sprache", "Arbeit"],
    "Sprache, Arbeit und Wohnen": ["Sprache", "Arbeit", "Wohnen"],
    "Sprache\\Arbeit": ["Sprache", "Arbeit"],
    "language labour_market": ["language", "labour_market"],
    "Schule und Bildung": ["Schule und Bildung"],
    "Familie und Kinder, Sprache": ["Familie und Kinder", "Sprache"],
    "Schule und Bildung / Arbeit und Sprache": ["Schule und Bildung", "Arbeit", "Sprache"],
    "Deutsch, Sprachkurs": ["Deutsch, Sprachkurs"],  # known as a whole
    "Sprache, Fußball": ["Sprache, Fußball"],
    "Sprache Beruf": ["Sprache Beruf"],
    "Sprache,": ["Sprache,"],
    ", ;": [", ;"],
}


@pytest.mark.parametrize("cell", AREAS)
def test_a_cell_with_several_areas_is_as_many_needs(cell: str) -> None:
    found = block(
        "Bedarfs-ID | Fall-ID | Kreis | Angebotsbereich | Bedarf am\nB-1|K-1|05766|X|1.2.2019"
    )
    cells = found.cells.set_column(4, "3", [[cell]])
    found = Block(found.headers, cells)

    needs = _rows(found, REFERRALS)

    assert [row["offer_area"] for row in needs] == AREAS[cell]
    ids = ["B-1"] if len(needs) == 1 else [f"B-1-{n}" for n in range(1, len(needs) + 1)]
    assert [row["referral_id"] for row in needs] == ids
    assert ("areas_split" in _counts(found, REFERRALS)) == (len(needs) > 1)
    assert all(row["need_recorded_on"] == "1.2.2019" for row in needs)


@pytest.mark.parametrize(
    ("name", "needs"), [("t06_multi_need.csv", 4), ("v03_multi_separator.csv", 13)]
)
def test_delivered_cells_with_several_areas(name: str, needs: int) -> None:
    assert len(_rows(block_in(name), REFERRALS)) == needs
    assert _counts(block_in(name), REFERRALS) == {"areas_split": 1}


def test_a_word_told_by_the_sender_is_an_area_too() -> None:
    told = Instructions(codes=(("offer_area", "Sport", "other"),))
    found = block(
        "Bedarfs-ID | Fall-ID | Angebotsbereich | Bedarf am\nB-1|K-1|Sport, Arbeit|1.2.2019"
    )

    assert [row["offer_area"] for row in _rows(found, REFERRALS, told)] == ["Sport", "Arbeit"]


def test_marks_without_a_day_are_named_and_refused_as_needs() -> None:
    found = block_in("v04_select_multiple.csv")

    assert len(_rows(found, CASES)) == 8
    assert _counts(found, CASES) == {"needs_without_date": 8}
    assert _counts(found, REFERRALS) == {"needs_without_date": 8}


MARKS = {
    "letters": "Bedarf Sprache | Bedarf Wohnen\nx |",
    "words": "Sprache (Bedarf) | Wohnen (Bedarf)\nja | nein",
    "contract": "needs/language | needs/housing\nTRUE | FALSE",
    "bare": "Sprache | Bildung | Arbeit\n1 | 0 | 0",
    "list": "Bedarfe\nSprache; Wohnen",
    "one": "Bedarf\nSprache",
    "area": "Angebotsbereich\nSprache, Arbeit",
}


@pytest.mark.parametrize("way", MARKS)
def test_needs_without_a_day_are_named_however_they_are_marked(way: str) -> None:
    headers, cells = MARKS[way].split("\n")
    found = block(
        f"Fall-ID | Kreis | Fall eröffnet am | {headers}\nK-1 | 05766 | 1.1.2019 | {cells}"
    )

    assert _counts(found, CASES) == {"needs_without_date": 1}
    assert [set(row) for row in _rows(found, CASES)] == [{"case_id", "district", "opened_on"}]


def test_a_column_about_work_is_no_mark_of_a_need() -> None:
    found = block("Fall-ID | Kreis | Fall eröffnet am | Arbeit\nK-1 | 05766 | 1.1.2019 | ja")

    assert _reshaped(found, CASES).notes == ()


def test_a_full_export_joins_the_rows_of_a_case_and_fills_its_gaps() -> None:
    found = block(
        """Fall-ID | Kreis | opened_on | sex | recorded_on | offer_area | Bedarf am | referred_on
        K-1 | 05766 | 1.1.2019 | w | 2.1.2019 | Sprache | 3.1.2019 |
        K-1 | 05766 | 1.1.2019 | | 9.1.2019 | Arbeit | 4.1.2019 | 5.1.2019
        K-2 | 05766 | 1.2.2019 | m | 2.2.2019 | | |
        K-3 | 05766 | 1.3.2019 | w | 2.3.2019 | Sprache | 2.3.2019 |
        K-3 | 05766 | 9.9.2019 | w | 2.3.2019 | Arbeit | 2.3.2019 |"""
    )

    cases = _rows(found, CASES)

    assert [(row["case_id"], row["opened_on"], row["sex"]) for row in cases] == [
        ("K-1", "1.1.2019", "w"),
        ("K-2", "1.2.2019", "m"),
        ("K-3", "1.3.2019", "w"),  # contradicts itself: both rows stay, the rules name the column
        ("K-3", "9.9.2019", "w"),
    ]
    # The day of recording differs between the needs of K-1: which is the case's is not known.
    assert [row["recorded_on"] for row in cases][:2] == [None, "2.2.2019"]
    assert _counts(found, CASES) == {
        "needs_beside_cases": 4,
        "rows_of_one_case": 1,
        "case_contradicts": 1,
    }
    assert len(_rows(found, REFERRALS)) == 4
    assert _counts(found, REFERRALS)["rows_without_need"] == 1


def test_keys_in_the_first_row_of_a_case_only() -> None:
    found = block(
        """Fall-ID | Kreis | Fall eröffnet am | Angebotsbereich | Bedarf am | Vermittelt am
        K-1 | 05766 | 1.1.2019 | Sprache | 3.1.2019 |
        | | | Arbeit | 4.1.2019 | 5.1.2019
        K-2 | 05766 | 1.2.2019 | Wohnen | 3.2.2019 | """
    )

    assert [row["referral_id"] for row in _rows(found, REFERRALS)] == ["K-1-1", "K-1-2", "K-2-1"]
    assert [row["case_id"] for row in _rows(found, CASES)] == ["K-1", "K-2"]
    assert _counts(found, REFERRALS)["keys_filled_down"] == 1


def test_a_missing_key_alone_is_not_filled() -> None:
    found = block(
        """Bedarfs-ID | Fall-ID | Kreis | Angebotsbereich | Bedarf am
        B-1 | K-1 | 05766 | Sprache | 3.1.2019
        B-2 | | 05766 | Arbeit | 4.1.2019"""
    )

    assert [row["case_id"] for row in _rows(found, REFERRALS)] == ["K-1", None]


def test_needs_without_ids_get_some() -> None:
    found = block_in("r10_no_id_vermittlung.csv")

    shaped = _reshaped(found, REFERRALS).block

    assert [row["referral_id"] for row in rows_of(shaped)] == ["K-101-1", "K-101-2", "K-102-1"]
    assert _counts(found, REFERRALS) == {"referral_ids_made": 3}


def test_households_are_cases_and_persons_are_named() -> None:
    cases = _rows(block_in("q03_households.xlsx"), CASES)

    assert [row["case_id"] for row in cases] == ["2019-001", "2019-002", "2019-003", "2019-004"]
    assert {row["age_group"] for row in cases} == {"25-34"}
    assert _counts(block_in("q03_households.xlsx"), CASES) == {
        "keys_filled_down": 8,
        "persons_of_household": 8,
    }


def test_households_with_one_row_a_need() -> None:
    found = block(
        """Fallnummer | Kreis | Person | Fall eröffnet am | Geschlecht | Angebotsbereich | Bedarf am
        F-1 | 05766 | 1 | 1.1.2019 | w | Sprache | 2.1.2019
        | | 1 | | w | Arbeit | 3.1.2019
        | | 2 | | m | Sprache | 4.1.2019"""
    )

    assert [(row["case_id"], row["sex"]) for row in _rows(found, CASES)] == [("F-1", "w")]
    assert [row["referral_id"] for row in _rows(found, REFERRALS)] == ["F-1-1", "F-1-2", "F-1-3"]
    assert _counts(found, CASES)["needs_beside_cases"] == 3


def test_the_applicant_speaks_for_the_household() -> None:
    found = block(
        """Fallnummer | Kreis | Rolle | Fall eröffnet am | Geschlecht
        F-1 | 05766 | Kind | 1.1.2019 | m
        F-1 | 05766 | Antragstellerin | 1.1.2019 | w
        F-2 | 05766 | Antragsteller | 1.1.2019 | m
        F-2 | 05766 | Antragsteller | 1.1.2019 | w"""
    )

    # Two applicants of one case are no household: its rows contradict each other.
    assert [row["sex"] for row in _rows(found, CASES)] == ["w", "m", "w"]


def test_another_household_never_gets_the_key_of_the_one_above() -> None:
    found = block(
        """Haushalt | Fallnummer | Person | Fall eröffnet am
        H1 | F-1 | 1 | 1.1.2019
        H1 | | 2 |
        H2 | | 1 | 1.2.2019"""
    )

    assert [row["case_id"] for row in _rows(found, CASES)] == ["F-1", None]


@pytest.mark.parametrize("header", ["Geändert am", "Statusdatum", "Gültig ab", "Letzte Änderung"])
def test_the_newest_row_holds_where_its_day_is_known(header: str) -> None:
    found = block(
        f"""Fall-ID | Kreis | Fall eröffnet am | Rechtskreis | {header}
        K-1 | 05766 | 1.1.2019 | AsylbLG | 10.02.2019
        K-1 | 05766 | 1.1.2019 | SGB II | 02.03.2020
        K-2 | 05766 | 1.1.2019 | AsylbLG | 2019-05-01 10:00
        K-2 | 05766 | 1.1.2019 | SGB III | 2019-05-01 9:30
        K-3 | 05766 | 1.1.2019 | AsylbLG | im Mai
        K-3 | 05766 | 1.1.2019 | SGB II | 02.03.2020
        K-4 | 05766 | 1.1.2019 | AsylbLG | 02.03.2020
        K-4 | 05766 | 1.1.2019 | SGB II | 02.03.2020"""
    )

    cases = [(row["case_id"], row["legal_regime"]) for row in _rows(found, CASES)]

    assert cases[:2] == [("K-1", "SGB II"), ("K-2", "AsylbLG")]
    assert [case for case, _ in cases[2:]] == ["K-3", "K-3", "K-4", "K-4"]  # cannot be told
    assert _counts(found, CASES) == {"older_rows": 2}


def test_a_history_without_a_day_stays_for_the_rules() -> None:
    assert len(_rows(block_in("p13b_join_status_history.csv"), CASES)) == 9


@pytest.mark.parametrize("name", ["base_cases.csv", "base_referrals.csv"])
@pytest.mark.parametrize("table", [CASES, REFERRALS, POSTS], ids=lambda table: table.name.value)
def test_sound_files_stay_as_they_are(name: str, table: Table) -> None:
    found = block_in(name)

    shaped = _reshaped(found, table)

    assert shaped.block is found
    assert shaped.notes == ()


def test_what_is_told_goes_with_its_column() -> None:
    found = block_in("s28_full_export.csv")
    told = Instructions(columns=(("Maßnahme", "offer_area"), ("Aktenzeichen", "case_id")))

    as_cases, as_needs = (_reshaped(found, table, told) for table in (CASES, REFERRALS))

    assert as_cases.told.columns == (("Aktenzeichen", "case_id"),)
    assert as_needs.told.columns == told.columns


def test_words_told_for_needs_do_not_trouble_cases() -> None:
    word = ("offer_area", "Integrationskurs", "language")
    told = Instructions(codes=(word, ("sex", "Herr", "male"), ("typo", "x", "y")))
    found = block_in("s28_full_export.csv")

    assert _reshaped(found, CASES, told).told.codes == told.codes[1:]
    assert _reshaped(found, REFERRALS, told).told.codes == (word, told.codes[2])


def test_a_header_that_the_file_does_not_have_stays_told() -> None:
    told = Instructions(columns=(("Akte", "case_id"),))

    assert _reshaped(block_in("base_cases.csv"), CASES, told).told == told
