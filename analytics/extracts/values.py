"""From delivered text to typed values, one column at a time.

A column of a million rows holds few different texts, except for keys: so each distinct text is
tidied and read once, and rows only refer to it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression, ConstantExpression, Expression, FunctionExpression

from analytics.extracts.aliases import BOOLEAN, aliases, normal
from analytics.extracts.contract import Column, Kind

# Besides spaces: the no-break space and the byte order mark, which copying from web pages leaves.
_BLANKS: Final = " \t\r\n\u00a0\ufeff"
_STATE_DIGIT: Final = "5"
_KEY_LENGTHS: Final = (5, 8)
_INDEX: Final = pa.int32()


def tidy(cells: pa.ChunkedArray, codes: Sequence[str] = ()) -> pa.DictionaryArray:
    """Return delivered cells without blanks around them, NULL where they say that nothing is known.

    What is written exactly as one of ``codes`` says something: ``none`` may be a code, while
    ``None`` is what programs write for nothing. The result is dictionary-encoded; its dictionary
    holds each distinct text once, and NULL.
    """
    raw = _encoded(cells)
    texts = pc.utf8_trim(raw.dictionary, characters=_BLANKS)
    missing = pa.array(["", *aliases().missing])
    is_code = pc.is_in(texts, value_set=pa.array(codes, pa.string()))
    is_missing = pc.and_not(pc.is_in(pc.utf8_lower(texts), value_set=missing), is_code)
    return _mapped(raw, pc.if_else(is_missing, pa.scalar(None, pa.string()), texts))


def typed(
    column: Column, texts: pa.DictionaryArray, connection: duckdb.DuckDBPyConnection, *, exact: bool
) -> pa.Array:
    """Return the values of a column, NULL where the text cannot be read.

    Args:
        column: The column, not one of areas.
        texts: What ``tidy`` returned.
        connection: Holds the macros of ``staging.sql``.
        exact: Whether numbers came as numbers, so that a point is a decimal point.
    """
    distinct = texts.dictionary
    if column.kind is Kind.TEXT:
        return texts
    if column.kind is Kind.CODE:
        return _mapped(texts, _coded(distinct, aliases().codes[str(column.code_list)]))
    if column.kind is Kind.BOOLEAN:
        words = _coded(distinct, aliases().codes[BOOLEAN])
        return pc.take(pc.cast(words, pa.bool_()), texts.indices)
    return pc.take(_read(column, distinct, connection, exact), texts.indices)


def keys(texts: pa.DictionaryArray, known: Mapping[str, str | None] | None = None) -> pa.Array:
    """Return keys of areas with the leading zero that spreadsheets drop.

    Args:
        texts: What ``tidy`` returned.
        known: Keys with another meaning; those that are missing here stay as they are.
    """
    meaning = known or {}

    def key(text: str) -> str | None:
        ags = _with_zero(text)
        return meaning.get(ags, ags)

    return _mapped(texts, _each(texts.dictionary, key))


def implied(texts: pa.DictionaryArray, known: Mapping[str, str | None]) -> pa.Array:
    """Return what each key of an area implies, NULL for keys that imply nothing."""
    return _mapped(texts, _each(texts.dictionary, lambda text: known.get(_with_zero(text))))


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


def _with_zero(text: str) -> str:
    plain = text.replace(" ", "")
    is_short = plain[:1] == _STATE_DIGIT and len(plain) + 1 in _KEY_LENGTHS and plain.isdecimal()
    return f"0{plain}" if is_short else plain


def _coded(texts: pa.Array, spellings: Mapping[str, str]) -> pa.Array:
    return _each(texts, lambda text: spellings.get(normal(text)))


def _each(texts: pa.Array, meaning: Callable[[str], str | None]) -> pa.Array:
    found = [None if text is None else meaning(text) for text in texts.to_pylist()]
    return pa.array(found, pa.string())


def _read(
    column: Column, texts: pa.Array, connection: duckdb.DuckDBPyConnection, exact: bool
) -> pa.Array:
    """Read distinct texts as dates or numbers."""
    numeric = column.kind in {Kind.NUMBER, Kind.INTEGER}
    further = [ConstantExpression(exact)] if numeric else []
    values = _evaluated(f"as_{column.kind}", texts, connection, *further)
    return values.cast(column.arrow)


def _evaluated(
    macro: str, texts: pa.Array, connection: duckdb.DuckDBPyConnection, *further: Expression
) -> pa.Array:
    """Return what a macro of ``staging.sql`` makes of each text."""
    value = FunctionExpression(macro, ColumnExpression("text"), *further).alias("value")
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
