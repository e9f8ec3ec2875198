"""Columns of yes and no: words, marks, and what is neither."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from analytics.extracts.aliases import normal
from analytics.extracts.reading.notes import Note, Reading
from analytics.extracts.reading.texts import is_formula_error

# A box with a cross (☒) is ticked in some programs and crossed out in others: not read.
_MARKS: Final[Mapping[str, bool]] = {
    **dict.fromkeys("✓✔✅☑√🗸", True),
    **dict.fromkeys("✗✘❌☐□⬜", False),
}
# Alone, a cross may tick a box or cross it out; beside a tick it is the opposite.
_CROSSES: Final = frozenset("✗✘❌")
_NUMBER: Final = re.compile(r"([+-]?\d+)(?:[.,]0+)?")
_ANY_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# Microsoft Access stores yes as -1.
_NUMBERS: Final[Mapping[int, bool]] = {0: False, 1: True, -1: True}


def read_booleans(
    texts: Sequence[str],
    cells: Sequence[int],
    spellings: Mapping[str, str],
    *,
    has_blanks: bool,
    blank_is_no: bool,
) -> Reading:
    """Return distinct texts as yes and no, nothing where the column does not tell them apart.

    Args:
        texts: Distinct texts.
        cells: How many cells hold each.
        spellings: Normalised words -> ``true`` or ``false``.
        has_blanks: Whether there are blank cells beside them.
        blank_is_no: Whether the sender has told that only yes is marked.
    """
    values = [_read(text, spellings) for text in texts]
    if True not in values:
        values = [
            None if text in _CROSSES else value for text, value in zip(texts, values, strict=True)
        ]
    if _counts(texts, cells, values):
        return _refused(texts, Note.COUNT_COLUMN)
    if has_blanks and not blank_is_no and True in values and False not in values:
        return _refused(texts, Note.ONLY_YES, values)
    errors = {
        place: Note.FORMULA_ERROR.value
        for place, text in enumerate(texts)
        if is_formula_error(text)
    }
    return Reading(values, errors)


def _counts(texts: Sequence[str], cells: Sequence[int], values: Sequence[bool | None]) -> bool:
    """Say whether a column counts: it has other numbers than yes and no, and hardly any words.

    Where most cells say yes or no in words, a number among them is a slip or a sum below.
    """
    read = list(zip(texts, cells, values, strict=True))
    numbers = [value for text, _, value in read if _ANY_NUMBER.fullmatch(text)]
    words = sum(
        count
        for text, count, value in read
        if value is not None and not _ANY_NUMBER.fullmatch(text)
    )
    return None in numbers and 2 * words <= sum(cells)


def _refused(
    texts: Sequence[str], note: Note, values: Sequence[bool | None] | None = None
) -> Reading:
    """Return nothing but the note, on the cells that could be read, or on all."""
    taken = texts if values is None else values
    notes = {place: note.value for place, each in enumerate(taken) if each is not None}
    return Reading([None] * len(texts), notes)


def _read(text: str, spellings: Mapping[str, str]) -> bool | None:
    if text in _MARKS:
        return _MARKS[text]
    if number := _NUMBER.fullmatch(text):
        return _NUMBERS.get(int(number[1]))
    if _ANY_NUMBER.fullmatch(text):
        return None
    return {"true": True, "false": False}.get(spellings.get(normal(text), ""))
