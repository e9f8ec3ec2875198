"""Reading GENESIS exports: the two originals, and everything that can be wrong with one."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import genesis
from analytics.extracts.readers.genesis import is_genesis, read_genesis
from analytics.i18n import words

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"

HEAD = [
    "GENESIS-Tabelle: 12411-05-01-4",
    "Durchschnittliche Jahresbevölkerung;;;;;",
    ";;;Insgesamt;männlich;weiblich",
]
ROWS = [
    "2019;05315;      Köln, kreisfreie Stadt;1086764;529000;557764",
    "2019;05354;      Aachen, Kreis;-;.;x",
    "2018;DG;Deutschland;10,5;/;...",
]
NOTES = ["__________", '"zu ""gesamte Tabelle"":', "2017;kein;Datensatz", "Stand: 20.08.2021"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write_lines(lines: list[str], end: str = "\n", encoding: str = "latin-1") -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes((end.join(lines) + end).encode(encoding))
        return path

    return write_lines


@pytest.mark.parametrize(
    ("name", "rows", "sha256"),
    [
        ("AI002-1", 6456, "b0a24e13139bd2aab025b214daf3ef56622b5196066b5e8d7a81eaa26032c84b"),
        (
            "12411-05-01-4",
            13450,
            "97029d11eae6f1ac0c43623048711ebdfd7134c0161ebd3807808b57845aa0ef",
        ),
    ],
)
def test_originals_are_read_unchanged(name: str, rows: int, sha256: str) -> None:
    content = (OFFICIAL / f"{name}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == sha256
    assert is_genesis(content[:100]) == name
    table = read_genesis(OFFICIAL / f"{name}.csv")
    assert table.num_rows == rows
    assert table.schema.metadata == {b"code": name.encode()}
    assert table.column_names[:3] == ["year", "ags", "name"]


def test_values_and_missing_signs_of_the_original() -> None:
    rows = read_genesis(OFFICIAL / "AI002-1.csv").to_pylist()
    by_key = {(row["year"], row["ags"]): row for row in rows}
    assert by_key[2019, "05315"]["foreign_percent"] == 19.4
    assert by_key[2008, "05315"]["name"] == "Köln, kreisfreie Stadt"
    assert by_key[2008, "05315"]["change_per_10000"] == 0.2
    assert by_key[2008, "05334"]["foreign_percent"] is None
    assert by_key[2011, "05315"]["change_per_10000"] is None
    assert by_key[2008, "DG"]["migration_balance_per_10000"] == -6.8


def test_every_sign_for_missing_becomes_null(write: Callable[..., Path]) -> None:
    first, second, third = read_genesis(write(HEAD + ROWS + NOTES)).to_pylist()
    assert first["mean_population"] == 1_086_764
    assert [second[c] for c in ("mean_population", "mean_population_male")] == [None, None]
    assert second["mean_population_female"] is None
    assert third == {
        "year": 2018,
        "ags": "DG",
        "name": "Deutschland",
        "mean_population": 10.5,
        "mean_population_male": None,
        "mean_population_female": None,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_saved_again_by_an_editor(write: Callable[..., Path], end: str, encoding: str) -> None:
    path = write(HEAD + ROWS + NOTES, end, encoding)
    assert read_genesis(path)["name"].to_pylist()[0] == "Köln, kreisfreie Stadt"


BROKEN = {
    "not_genesis": ["district;opened_on", "05315;2019-01-01"],
    "unknown_table": ["GENESIS-Tabelle: 12521-0041", *HEAD[1:], *ROWS, *NOTES],
    "other_columns": [*HEAD[:2], ";;;Insgesamt;weiblich;männlich", *ROWS, *NOTES],
    "no_rows": [*HEAD, *NOTES],
    "cut_off": [*HEAD, *ROWS],
    "broken_line": [*HEAD, ROWS[0], "2019;05;zu wenig", *NOTES],
    "not_a_number": [*HEAD, "2019;05315;Köln;1.086.764;1;2", *NOTES],
    "duplicate": [*HEAD, ROWS[0], ROWS[0], *NOTES],
}


@pytest.mark.parametrize("reason", BROKEN)
def test_unusable_exports_say_why(write: Callable[..., Path], reason: str) -> None:
    with pytest.raises(UnusableInputError) as raised:
        read_genesis(write(BROKEN[reason]))
    assert raised.value.message == f"genesis.{reason}"
    for language in ("de", "en"):
        assert words(language)(raised.value.message, **raised.value.values)


def test_error_names_the_line(write: Callable[..., Path]) -> None:
    with pytest.raises(UnusableInputError, match="not_a_number") as raised:
        read_genesis(write(BROKEN["not_a_number"]))
    assert raised.value.values["line"] == 4
    assert raised.value.values["value"] == "1.086.764"


def test_huge_file_is_refused_unread(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(HEAD + ROWS + NOTES)
    monkeypatch.setattr(genesis, "SIZE_LIMIT", 10)
    with pytest.raises(UnusableInputError, match="too_large"):
        read_genesis(path)


def test_empty_file(write: Callable[..., Path]) -> None:
    with pytest.raises(UnusableInputError, match="not_genesis"):
        read_genesis(write([]))


@pytest.mark.parametrize(
    "head", [b"", b"\x00\xff", b"PK\x03\x04", b"GENESIS-Tabelle: \n", b"case_id"]
)
def test_other_heads_are_no_genesis(head: bytes) -> None:
    assert is_genesis(head) is None
