"""Whatever the bytes: a delivery is read faithfully or refused in words, never a crash."""

import csv
import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analytics.domain.areas import registry
from analytics.extracts.aliases import normal
from analytics.extracts.check import check
from analytics.extracts.contract import CASES
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import read
from analytics.extracts.readers.delivery import Aside

AS_OF = date(2023, 12, 31)

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=("Cs",)),
    max_size=12,
)
_ROWS = st.lists(st.tuples(_TEXT, _TEXT, _TEXT), min_size=1, max_size=12)
_CALM = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def says_something(cell: str) -> bool:
    """Say whether a cell holds more than blanks and signs that nobody sees.

    A sign that no standard knows yet may be one that is seen.
    """
    kinds = (unicodedata.category(sign) for sign in cell)
    return any(kind == "Cn" or kind[0] not in "ZC" for kind in kinds)


@_CALM
@given(rows=_ROWS, delimiter=st.sampled_from(";,\t"), quoting=st.sampled_from([0, 1]))
@example(rows=[("a", "", ""), ("", "", "*0")], delimiter=";", quoting=0)
def test_cells_come_back_as_written(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str, quoting: int
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    header = ("case_id", "district", "municipality")
    lines, written = [], []
    writer.writerow(header)
    for row in rows:
        if any(says_something(cell) for cell in row):
            lines.append(buffer.getvalue().count("\n") + 1)
            written.append(row)
        writer.writerow(row)
    path = tmp_path / "delivery.csv"
    path.write_bytes(buffer.getvalue().encode())

    delivery = read(path, CASES)
    cells = delivery.cells

    # Below a table, one text that begins like a note is taken for one, and counted.
    notes = dict(delivery.facts.aside).get(Aside.FOOTNOTE, 0)
    rest = written[len(written) - notes :]
    assert all(sum(map(says_something, row)) == 1 for row in rest)
    lines, written = lines[: len(lines) - notes], written[: len(written) - notes]
    assert cells["line"].to_pylist() == lines
    read_rows = zip(*(cells[name].to_pylist() for name in header), strict=True)
    assert [tuple(cell or "" for cell in row) for row in read_rows] == written


@_CALM
@given(content=st.binary(max_size=300))
@example(content=b'case_id;district\n"')
@example(content=b"\xff\xfe\x00\xd8")
@example(content=b"\xef\xbb\xbfcase_id\n\x81")
@example(content=b"PK\x03\x04case_id")
@example(content=b"PAR1PAR1")
@example(content=b"GENESIS-Tabelle: AI002-1\n")
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "delivery"
    path.write_bytes(content)
    try:
        delivery = read(path, CASES)
    except UnusableInputError as error:
        assert error.message.startswith(("reader.", "genesis."))
    else:
        assert delivery.cells["line"].null_count == 0


@settings(_CALM, max_examples=40)
@given(cells=st.lists(_TEXT, min_size=5, max_size=5))
@example(cells=["a", "05315", "05315000", "99999", "0x10"])
@example(cells=["a", "٠٥٣١٥", "²", "٣١.١٢.٢٠١٩", "1e400"])
def test_any_cells_are_taken_or_set_aside(tmp_path: Path, cells: list[str]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(("case_id", "district", "municipality", "opened_on", "provider"))
    writer.writerow(cells)
    path = tmp_path / "delivery.csv"
    path.write_bytes(buffer.getvalue().encode())

    result = check(read(path, CASES), as_of=AS_OF, registry=registry())

    assert result.facts is not None
    left_out = sum(count for _, count in result.facts.aside)
    assert result.rows_accepted + result.rows_quarantined == result.rows == 1 - left_out
    if result.rows_quarantined:
        assert any(finding.severity == "row" for finding in result.findings)


@pytest.mark.parametrize("text", ["", "Fall-ID", "ÄÖÜß", "55+", "§ 24 AufenthG"])
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text)
