"""A file reference may serve as a key, but nobody gets to see it."""

import os
from pathlib import Path

import pytest
from blocks import block, block_in, rows_of

from analytics.extracts.contract import CASES, REFERRALS, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.reshaping import Secret, reshaped
from analytics.extracts.readers.reshaping.pseudonyms import KEY_FILE, kept_in, of_session

TOLD = Instructions(columns=(("Aktenzeichen", "case_id"),))


def _keys(found: Block, table: Table, told: Instructions, secret: Secret, header: str) -> list[str]:
    shaped = reshaped(found, table, told, secret).block
    return [str(row[header]) for row in rows_of(shaped)]


def test_the_same_reference_is_the_same_case_in_cases_and_needs() -> None:
    found, secret = block_in("s28_full_export.csv"), of_session()

    cases = _keys(found, CASES, TOLD, secret, "Aktenzeichen")
    needs = _keys(found, REFERRALS, TOLD, secret, "Aktenzeichen")

    assert cases == needs
    assert len(set(cases)) == 4
    assert all(len(key) == 17 and key.startswith("p") for key in cases)


def test_another_secret_makes_other_pseudonyms() -> None:
    found = block_in("s28_full_export.csv")

    first, second = (_keys(found, CASES, TOLD, of_session(), "Aktenzeichen") for _ in range(2))

    assert not set(first) & set(second)


@pytest.mark.parametrize("told", [TOLD, NOTHING_TOLD])
def test_the_reference_itself_is_nowhere(told: Instructions) -> None:
    found = block_in("s28_full_export.csv")

    for table in (CASES, REFERRALS):
        shaped = reshaped(found, table, told, of_session())
        assert "51.2" not in str(shaped.block.cells.to_pydict())
        assert "51.2" not in str(shaped.notes)
        assert [note.value for note in shaped.notes if note.field == "case_id"] == ["Aktenzeichen"]


@pytest.mark.parametrize(
    "typed", ["51.2-K-101/19", " 51.2-K-101/19", "51.2 - k-101/19", "51.2-K-101/19\u200b"]
)
def test_how_a_reference_is_typed_makes_no_difference(typed: str) -> None:
    def key(text: str) -> list[str]:
        found = block(f"Az. | Kreis | Fall eröffnet am\n{text} | 05766 | 1.1.2019")
        return _keys(found, CASES, NOTHING_TOLD, lambda: b"k" * 32, "case_id")

    assert key(typed) == key("51.2-K-101/19")


@pytest.mark.parametrize(
    "headers",
    [
        "Aktenzeichen | Fallnummer | Fall eröffnet am",  # there is a key
        "Aktenzeichen | AZR-Nummer | Fall eröffnet am",  # two candidates
        "Name | Kreis | Fall eröffnet am",  # a name is no reference
    ],
)
def test_no_key_is_taken_unasked(headers: str) -> None:
    def never() -> bytes:
        raise AssertionError("nothing to replace")

    found = block(f"{headers}\n51/19 | 05766 | 1.1.2019")

    assert reshaped(found, CASES, NOTHING_TOLD, never).block is found


def test_a_row_of_sums_stays_one() -> None:
    found = block("Aktenzeichen | Kreis | Fall eröffnet am\n51/19 | 05766 | 1.1.2019\nSumme: | 1 |")

    assert _keys(found, CASES, TOLD, of_session(), "Aktenzeichen")[1] == "Summe:"


def test_a_name_told_as_key_is_replaced_too() -> None:
    told = Instructions(columns=(("Name", "case_id"),))
    found = block("Name | Kreis | Fall eröffnet am\nErika Muster | 05766 | 1.1.2019")

    (key,) = _keys(found, CASES, told, of_session(), "Name")

    assert "Muster" not in key


def test_a_reference_of_the_need_is_replaced_too() -> None:
    told = Instructions(columns=(("Aktenzeichen", "referral_id"),))
    found = block(
        """Aktenzeichen | Fall-ID | Kreis | Angebotsbereich | Bedarf am
        51/19 | K-1 | 05766 | Sprache | 1.1.2019"""
    )

    (key,) = _keys(found, REFERRALS, told, of_session(), "Aktenzeichen")

    assert key.startswith("p")


def test_the_key_of_a_store_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    store = tmp_path / "store"
    secret = kept_in(store)
    assert not store.exists()  # made at the first use

    first = secret()

    path = store / KEY_FILE
    assert (path.stat().st_mode & 0o777, len(first)) == (0o600, 32)
    assert [each.name for each in store.iterdir()] == [KEY_FILE]
    assert kept_in(store)() == first
    path.chmod(0o644)
    assert kept_in(store)() == first
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_damaged_key_is_said_and_not_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)

    with pytest.raises(UnusableInputError) as caught:
        kept_in(tmp_path)()

    assert caught.value.message == "reader.pseudonym_key"
    assert (tmp_path / KEY_FILE).read_bytes() == content


def test_a_key_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")

    with pytest.raises(UnusableInputError):
        kept_in(tmp_path / "store")()


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_link_or_folder_is_no_key(tmp_path: Path, kind: str) -> None:
    path = tmp_path / KEY_FILE
    if kind == "folder":
        path.mkdir()
    else:
        other = tmp_path / "other"
        other.write_bytes(os.urandom(32))
        path.symlink_to(other)

    with pytest.raises(UnusableInputError):
        kept_in(tmp_path)()
