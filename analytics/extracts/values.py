"""From delivered text to typed values, one column at a time.

A column of a million rows holds few different texts, except for keys: so each distinct text is
tidied and read once (``extracts/reading``), and rows only refer to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression, FunctionExpression

from analytics.extracts.aliases import BOOLEAN, aliases, normal
from analytics.extracts.code_words import meanings, told_words
from analytics.extracts.contract import Column, Kind
from analytics.extracts.instructions import Instructions
from analytics.extracts.reading import Note, Reading
from analytics.extracts.reading.booleans import read_booleans
from analytics.extracts.reading.date_forms import bare, without_times, words
from analytics.extracts.reading.dates import DateColumn
from analytics.extracts.reading.not_yet import date_words, says_not_yet
from analytics.extracts.reading.numbers import read_numbers
from analytics.extracts.reading.texts import (
    formula_errors,
    is_formula_error,
    visible,
    whole_keys,
)

_INDEX: Final = pa.int32()
_TEXT: Final = pa.string()


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The values of a column, and what there is to say about each; None if there is nothing."""

    values: pa.Array
    notes: pa.Array | None = None


def tidy(
    cells: pa.ChunkedArray,
    codes: Sequence[str] = (),
    *,
    is_key: bool = False,
    keeps_unknown: bool = False,
) -> pa.DictionaryArray:
    """Return delivered cells as people see them, NULL where they say that nothing is known.

    What is written exactly as one of ``codes`` says something: ``none`` may be a code, while
    ``None`` is what programs write for nothing. So does ``k.A.`` where an empty date would say
    "not yet" (``keeps_unknown``). The result is dictionary-encoded; its dictionary holds each
    distinct text once.
    """
    raw = _encoded(cells)
    texts = visible(raw.dictionary)
    if is_key:
        texts = whole_keys(texts)
    missing = pa.array(["", *_missing(keeps_unknown=keeps_unknown)])
    is_code = pc.is_in(texts, value_set=pa.array(codes, _TEXT))
    is_missing = pc.and_not(pc.is_in(pc.utf8_lower(texts), value_set=missing), is_code)
    return _mapped(raw, pc.if_else(is_missing, pa.scalar(None, _TEXT), texts))


def typed(column: Column, texts: pa.DictionaryArray, told: Instructions) -> Cells:
    """Return the values of a column, NULL where the text cannot be read.

    Args:
        column: The column, neither one of areas nor of dates.
        texts: What ``tidy`` returned.
        told: What the sender has told about the file.
    """
    if column.kind is Kind.TEXT:
        return _text(texts)
    distinct = texts.dictionary.to_pylist()
    if column.kind is Kind.CODE:
        codes = meanings(str(column.code_list), distinct, told_words(column, told))
        said = {
            place: note
            for place, text in enumerate(distinct)
            if codes[place] is None and (note := _without_code(column, text))
        }
        return Cells(_mapped(texts, pa.array(codes, _TEXT)), _noted(texts, said))
    if column.kind is Kind.BOOLEAN:
        return _booleans(column, texts, told)
    return by_text(texts, read_numbers(distinct, column.kind), column.arrow)


def date_column(column: Column, texts: pa.DictionaryArray, as_of: date) -> DateColumn:
    """Return a column of dates, to be read when the order of day and month is known."""
    return DateColumn(column, texts.dictionary.to_pylist(), _times(texts), as_of)


def by_day(texts: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return texts of dates without the times that make most of them different."""
    return _mapped(texts, without_times(texts.dictionary))


def by_text(texts: pa.DictionaryArray, reading: Reading, kind: pa.DataType) -> Cells:
    """Return for each cell what was read in its text."""
    values = pc.take(pa.array(reading.values, kind), texts.indices)
    return Cells(values, _noted(texts, reading.notes))


def renamed(texts: pa.DictionaryArray, meaning: Callable[[str], str | None]) -> pa.DictionaryArray:
    """Return what each text means, such as the key of an area."""
    return _mapped(texts, _each(texts.dictionary, meaning))


def without_contacts(
    columns: Sequence[pa.ChunkedArray], connection: duckdb.DuckDBPyConnection
) -> list[pa.Array]:
    """Return columns of texts of which those with an e-mail address or phone number are masked."""
    each = [_encoded(column) for column in columns]
    # All columns at once: most have few texts, and every query costs some milliseconds.
    texts = pa.concat_arrays([column.dictionary for column in each])
    masked = _evaluated("masked_contacts", texts, connection)
    first, found = 0, []
    for column in each:
        own = masked.slice(first, len(column.dictionary))
        found.append(pc.take(own, column.indices))
        first += len(column.dictionary)
    return found


@cache
def _missing(*, keeps_unknown: bool) -> tuple[str, ...]:
    """Return the texts that say no more than an empty cell does."""
    kept = words("unknown") | date_words() if keeps_unknown else frozenset()
    return tuple(text for text in aliases().missing if bare(text) not in kept)


def _without_code(column: Column, text: str) -> Note | None:
    if is_formula_error(text):
        return Note.FORMULA_ERROR
    return Note.NOT_YET if says_not_yet(column, text) else None


def _text(texts: pa.DictionaryArray) -> Cells:
    is_error = formula_errors(texts.dictionary)
    if not is_error.true_count:
        return Cells(texts)
    kept = pc.if_else(is_error, pa.scalar(None, _TEXT), texts.dictionary)
    errors = {place: Note.FORMULA_ERROR for place in np.flatnonzero(is_error).tolist()}
    return Cells(_mapped(texts, kept), _noted(texts, errors))


def _booleans(column: Column, texts: pa.DictionaryArray, told: Instructions) -> Cells:
    blank_is_no = column.name in told.blank_is_no
    reading = read_booleans(
        texts.dictionary.to_pylist(),
        _times(texts),
        _spellings(column, told),
        has_blanks=texts.null_count > 0,
        blank_is_no=blank_is_no,
    )
    read = by_text(texts, reading, column.arrow)
    is_no = pc.and_(pc.is_null(texts), pa.scalar(blank_is_no))
    return Cells(pc.if_else(is_no, pa.scalar(False), read.values), read.notes)


def _spellings(column: Column, told: Instructions) -> Mapping[str, str]:
    own = {normal(word): code for word, code in told_words(column, told).items()}
    return {**aliases().codes[BOOLEAN], **own}


def _times(texts: pa.DictionaryArray) -> list[int]:
    """Return how many cells hold each text."""
    places = texts.indices.drop_null().to_numpy(zero_copy_only=False)
    times: list[int] = np.bincount(places, minlength=len(texts.dictionary)).tolist()
    return times


def _noted(texts: pa.DictionaryArray, notes: Mapping[int, str]) -> pa.Array | None:
    """Return the notes on cells from those on their texts."""
    if not notes:
        return None
    of_texts = pa.array([notes.get(place) for place in range(len(texts.dictionary))], _TEXT)
    return _mapped(texts, of_texts)


def _each(texts: pa.Array, meaning: Callable[[str], str | None]) -> pa.Array:
    found = [None if text is None else meaning(text) for text in texts.to_pylist()]
    return pa.array(found, pa.string())


def _evaluated(macro: str, texts: pa.Array, connection: duckdb.DuckDBPyConnection) -> pa.Array:
    """Return what a macro of ``staging.sql`` makes of each text."""
    value = FunctionExpression(macro, ColumnExpression("text")).alias("value")
    places = pa.array(range(len(texts)), pa.int64())
    rows = connection.from_arrow(pa.table({"place": places, "text": texts}))
    found = rows.select(ColumnExpression("place"), value).order("place").to_arrow_table()
    return found.column("value").combine_chunks()


def _encoded(cells: pa.ChunkedArray) -> pa.DictionaryArray:
    """Return cells as one dictionary-encoded array."""
    if cells.num_chunks == 0:
        return pa.DictionaryArray.from_arrays(pa.array([], _INDEX), pa.array([], pa.string()))
    return pa.concat_arrays(cells.cast(pa.string()).chunks).dictionary_encode()


def _mapped(texts: pa.DictionaryArray, values: pa.Array) -> pa.DictionaryArray:
    """Return the array that refers to ``values`` where ``texts`` refers to its own dictionary.

    Distinct texts may come to mean the same, and a dictionary must not hold NULL for a reader of
    Parquet, so it is encoded anew.
    """
    new = values.dictionary_encode()
    indices = pc.take(new.indices, texts.indices)
    return pa.DictionaryArray.from_arrays(indices.cast(_INDEX), new.dictionary)


def emptied(cells: Cells, is_meant: pa.Array, note: Note) -> Cells:
    """Return cells of which the chosen are empty, with a note on those that held something."""
    values = cells.values
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    is_filled = pc.and_(is_meant, pc.is_valid(values))
    empty = pc.if_else(is_filled, pa.scalar(None, values.type), values)
    return Cells(empty, noted(cells, is_filled, note))


def noted(cells: Cells, is_meant: pa.Array, note: Note) -> pa.Array:
    """Return the notes on cells, of which the chosen have this one."""
    notes = cells.notes
    before = pa.nulls(len(is_meant), pa.string()) if notes is None else notes.cast(pa.string())
    return pc.if_else(is_meant, pa.scalar(note.value), before)
