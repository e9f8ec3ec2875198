"""What a sender may want to tell: headers and words without a meaning, with the likeliest ones."""

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.code_words import meaning_of, nearest
from analytics.extracts.contract import TABLES, Kind, Table
from analytics.extracts.findings import MASK, Finding
from analytics.extracts.readers import Delivery
from analytics.extracts.reasons import Reason

_CLOSE: Final = 0.6
_CANDIDATES: Final = 3
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class HeaderProposal:
    """A header that is not taken, and columns that it may mean, the likeliest first."""

    header: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordProposal:
    """A word without a code: where it stands, how often it is listed, and what it may mean.

    Attributes:
        column: The column.
        word: The word as delivered, shortened.
        count: How many listed findings it has.
        codes: Codes that it may mean, the likeliest first; empty where nothing is close.
        reason: Why it has no code, where it is understood.
    """

    column: str
    word: str
    count: int
    codes: tuple[str, ...]
    reason: Reason | None


def header_proposals(delivery: Delivery) -> tuple[HeaderProposal, ...]:
    """Return the headers of a delivery that no column was found for.

    Headers that name people are left out: they are never taken, whatever they are said to mean.
    """
    noted = {
        note.value: note.field
        for note in delivery.notes
        if note.rule.startswith("column_") and note.rule != "column_left_out" and note.value
    }
    headers = [h for h in delivery.unknown if normal(h) not in aliases().identifying]
    free = [name for name in delivery.table.column_names if name not in delivery.headers]
    return tuple(
        HeaderProposal(header, _columns(header, delivery.table, free, noted.get(header)))
        for header in (*noted, *headers)
    )


def word_proposals(table: str, findings: Sequence[Finding]) -> tuple[WordProposal, ...]:
    """Return the words that were found to have no code, the most frequent first."""
    words = Counter(
        (finding.field, finding.value)
        for finding in findings
        if finding.rule == "unknown_code" and finding.field and finding.value not in {None, MASK}
    )
    return tuple(
        _word(table, column, word, count)
        for (column, word), count in words.most_common()
        if column and word
    )


def _columns(header: str, table: Table, free: Sequence[str], noted: str | None) -> tuple[str, ...]:
    """Return the free columns whose spellings are closest to a header."""
    spellings = {s: name for s, name in aliases().columns[table.name].items() if name in free}
    key = normal(header)
    close = difflib.get_close_matches(key, spellings, n=2 * _CANDIDATES, cutoff=_CLOSE)
    parts = [s for s in spellings if len(s) >= _SHORTEST and (s in key or key in s)]
    found = [*([noted] if noted else []), *(spellings[each] for each in (*close, *parts) if each)]
    return tuple(dict.fromkeys(found))[:_CANDIDATES]


def _word(table: str, column: str, word: str, count: int) -> WordProposal:
    code_list = TABLES[table].column(column).code_list or Kind.BOOLEAN.value
    found = meaning_of(code_list, word)
    code = nearest(code_list, word)
    reason = found if isinstance(found, Reason) else None
    return WordProposal(column, word, count, (code,) if code else (), reason)
