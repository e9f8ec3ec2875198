"""File references as keys: a pseudonym stands in for each, the reference itself goes no further.

The same reference gives the same pseudonym wherever the same secret is used, so cases and needs
find each other; without the secret nobody can compute it from a list of references. Only
applications get others than cases: a title must not lead to the case of the same file.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import are_filled, mapped, plain
from analytics.extracts.readers.reshaping.columns import (
    column,
    column_of,
    named,
    positions,
    spellings,
    with_column,
)
from analytics.extracts.secret_files import SecretFileError, key_in, new_key

Secret = Callable[[], bytes]
"""Returns the key of the pseudonyms; asked only where there is a reference to replace."""

KEY_FILE: Final = "pseudonyms.key"

_DIGITS: Final = 16
_APPLICATION: Final = "application_id"
_KEYS: Final = ("case_id", "referral_id", "handover_id", _APPLICATION)
"""Columns whose values a pseudonym may stand in for."""

_REFERENCES: Final = spellings(
    "Aktenzeichen", "AZ", "Az.", "Akten-Nr.", "Aktennummer", "Geschäftszeichen", "GZ",
    "Gesch.-Z.", "Ordnungsmerkmal", "Kundennummer", "BG-Nummer", "AZR-Nummer",
    "Aktenzeichen ABH", "Aktenzeichen der Ausländerbehörde", "File reference",
    "File number", "Reference number",
)  # fmt: skip
# A row of sums must stay one.
_TOTAL: Final = re.compile(r"(?i)\W*((gesamt|zwischen|end|teil)?summe|gesamt|insgesamt|total)\W*")
_IGNORED: Final = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]")


def without_file_references(
    block: Block, table: Table, told: Instructions, secret: Secret
) -> tuple[Block, tuple[Note, ...]]:
    """Replace what identifies a person by pseudonyms where it serves as a key.

    It serves as one where the sender says so, and as the key of the case, or of the application,
    where the block has no other and only one candidate.
    """
    notes: list[Note] = []
    for name, place in _identifying_keys(block, table, told).items():
        header, cells = block.headers[place], column(block, place)
        is_told = column_of(header, table, told) == name
        key = _key_for(name, secret())
        block = with_column(block, place, header if is_told else name, _replaced(cells, key))
        count = are_filled(cells).true_count
        notes.append(
            Note("file_reference_replaced", field=name, value=named([header]), count=count)
        )
    return block, tuple(notes)


def kept_in(folder: Path) -> Secret:
    """Return the secret of a store: made at its first use, readable by its owner only.

    Raises:
        UnusableInputError: When it is asked and its file is damaged or cannot be read or written.
    """

    @cache
    def secret() -> bytes:
        try:
            return key_in(folder / KEY_FILE)
        except SecretFileError as error:
            raise UnusableInputError("reader.pseudonym_key", path=error.path) from None

    return secret


def of_session() -> Secret:
    """Return a secret that is nowhere but in memory, and gone with its session."""
    key = new_key()
    return lambda: key


def _identifying_keys(block: Block, table: Table, told: Instructions) -> Mapping[str, int]:
    """Return which keys of the table are held by what identifies a person, and where."""
    places = positions(block, table, told)
    identifying = aliases().identifying | _REFERENCES
    found = {
        name: place
        for name, place in places.items()
        if name in _KEYS and normal(block.headers[place]) in identifying
    }
    left_out = {normal(delivered) for delivered, _ in told.columns}
    candidates = [
        place
        for place, header in enumerate(block.headers)
        if normal(header) in _REFERENCES - left_out
    ]
    own = "case_id" if "case_id" in table.column_names else _APPLICATION
    if own not in places and own in table.column_names and len(candidates) == 1:
        found[own] = candidates[0]
    return found


def _key_for(name: str, secret: bytes) -> bytes:
    """Return the key of a column's pseudonyms."""
    if name != _APPLICATION:
        return secret
    return hmac.new(secret, name.encode(), hashlib.sha256).digest()


def _replaced(cells: pa.Array, key: bytes) -> pa.Array:
    return mapped(cells, lambda text: _pseudonym(text, key), pa.string())


def _pseudonym(text: str, key: bytes) -> str | None:
    """Return the pseudonym of a reference; how it was typed makes no difference.

    It begins with a letter, so that no spreadsheet takes it for a number.
    """
    if plain(text) is None:
        return None
    if _TOTAL.fullmatch(text.strip()):
        return text
    reference = _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return f"p{hmac.new(key, reference.encode(), hashlib.sha256).hexdigest()[:_DIGITS]}"
