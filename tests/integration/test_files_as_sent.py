"""Files as districts send them, and what is to come of each.

One line a file: its table, and either the message that refuses it or the rows that are taken, with
some cells of them and the rules of all findings. Add a file to ``fixtures/deliveries/sent`` and a
line here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import Use, read
from analytics.extracts.what_was_read import reading_lines
from analytics.i18n import LANGUAGES, words

SENT = Path(__file__).parents[1] / "fixtures" / "deliveries" / "sent"
AS_OF = dt.date(2023, 12, 31)


@dataclass(frozen=True)
class Right:
    """What is to come of a file: rows taken, some columns of them, and the rules of findings."""

    rows: int
    cells: Mapping[str, list[object]] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    not_read: int = 0


def right(rows: int, *rules: str, not_read: int = 0, **cells: list[object]) -> Right:
    return Right(rows, cells, frozenset(rules), not_read)


def days(first: str, count: int) -> list[object]:
    start = dt.date.fromisoformat(first)
    return [start + dt.timedelta(days=number) for number in range(count)]


THREE = ["K-101", "K-102", "K-103"]
EIGHT: list[object] = [f"S-00{number}" for number in range(1, 9)]

# File, table, district, what is right: a message, or rows with cells and rules.
FILES: tuple[tuple[str, str, str, str | Right], ...] = (
    ("e04_utf16_nobom.csv", "cases", "05766", right(3, case_id=[*THREE])),
    ("e07_macroman.csv", "cases", "05766", "reader.damaged_umlauts"),
    ("p11b_cp850.csv", "cases", "05970", "reader.damaged_umlauts"),
    ("s13_headerless_names.csv", "cases", "05766", "reader.no_header"),
    ("l02_25_title_rows.csv", "cases", "05766", right(3, case_id=[*THREE])),
    ("l03_footer_sum.csv", "cases", "05766", right(3, case_id=[*THREE])),
    ("l08_trailing_rows.csv", "cases", "05766", right(3, case_id=[*THREE])),
    ("l13_pipe.csv", "cases", "05766", right(3, case_id=[*THREE])),
    (
        "s14_one_bad_byte.csv",
        "cases",
        "05766",
        right(3, "damaged_byte", "unknown_column", sex=["female", "male", "female"]),
    ),
    (
        "s15_formula_nocache.xlsx",
        "cases",
        "05766",
        right(0, "formula_cells", "formula_without_value", "unreadable_date"),
    ),
    ("s20_list.ods", "cases", "05766", right(3, case_id=[*THREE])),
    ("x20_html.xls", "cases", "05766", right(3, case_id=[*THREE])),
    ("x02_year_sheets.xlsx", "cases", "05766", right(3, case_id=[*THREE])),
    ("x04_hidden_row.xlsx", "cases", "05766", right(3, "zero_restored", case_id=[*THREE])),
    ("p01c_date1904_general.xlsx", "cases", "05970", right(8, opened_on=days("2019-03-02", 8))),
    (
        "p02_utc_shift.xlsx",
        "cases",
        "05970",
        right(8, "shifted_midnight", opened_on=days("2019-03-02", 8)),
    ),
    ("p04_quotes_swallow.csv", "cases", "05970", right(8, "unknown_column", case_id=EIGHT)),
    ("p05b_xfd_blank.xlsx", "cases", "05970", right(8, case_id=EIGHT)),
    ("p11_zip_csv.zip", "cases", "05970", right(8, case_id=EIGHT)),
    ("p11c_single_quotes.csv", "cases", "05970", right(8, case_id=EIGHT)),
    (
        "p18_two_blocks.xlsx",
        "cases",
        "05970",
        right(8, case_id=EIGHT, closed_on=[*[None] * 4, *[dt.date(2019, 9, 1)] * 4]),
    ),
    (
        "v08_column_added_midyear.xlsx",
        "cases",
        "05970",
        right(8, case_id=EIGHT, sex=[*[None] * 5, "male", "female", "female"]),
    ),
    ("q06_template_plus_data.xlsx", "cases", "05970", right(9, "template_rows", not_read=1)),
    (
        "p09b_merged_regime.xlsx",
        "cases",
        "05970",
        right(3, "merged_cells", legal_regime=["sgb2"] * 3),
    ),
    ("p09_merged_key.xlsx", "referrals", "05970", right(12, "merged_cells")),
    ("d3_klein_bloecke.xlsx", "referrals", "05970", right(72)),
    (
        "g01_ffcsv_new.csv",
        "population",
        "05766",
        right(1, "other_district", population=[350000], reference_date=[dt.date(2022, 12, 31)]),
    ),
    ("g01_ffcsv_new.csv", "cases", "05766", "reader.official_table"),
    (
        "ffcsv_old.csv",
        "population",
        "05766",
        right(1, population=[350000], reference_date=[dt.date(2022, 12, 31)]),
    ),
)


def checked(name: str, table_name: str, district: str) -> CheckResult:
    delivery = read(SENT / name, table(table_name))
    return check(delivery, as_of=AS_OF, registry=registry(), district=district)


@pytest.mark.parametrize(("name", "table_name", "district", "expected"), FILES)
def test_a_file_as_it_is_sent(
    name: str, table_name: str, district: str, expected: str | Right
) -> None:
    if isinstance(expected, str):
        with pytest.raises(UnusableInputError) as caught:
            read(SENT / name, table(table_name))
        assert caught.value.message == expected
        return
    result = checked(name, table_name, district)

    assert result.rows_accepted == expected.rows
    assert {finding.rule for finding in result.findings} == expected.rules
    for column, cells in expected.cells.items():
        assert result.accepted[column].to_pylist() == cells
    assert result.facts is not None
    unread = [block.rows for block in result.facts.blocks if block.use is not Use.READ]
    assert sum(unread) == expected.not_read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "table_name", "district", "expected"), FILES)
def test_what_was_read_and_found_is_told_in_words(
    name: str, table_name: str, district: str, expected: str | Right, language: str
) -> None:
    w = words(language)  # type: ignore[arg-type]
    if isinstance(expected, str):
        return
    result = checked(name, table_name, district)

    assert result.facts is not None
    lines = reading_lines(result.facts, w)
    lines += [finding.text(w) + finding.mend(w) + finding.where(w) for finding in result.findings]
    assert all(line and "{" not in line for line in lines)
    assert result.to_json(w)["read"]


def test_a_file_without_a_header_tells_nothing_of_its_first_row() -> None:
    with pytest.raises(UnusableInputError) as caught:
        read(SENT / "s13_headerless_names.csv", table("cases"))

    told = repr(caught.value) + "".join(
        words(w)(caught.value.message, **caught.value.values) for w in LANGUAGES
    )
    assert "Mustermann" not in told and "Erika" not in told
