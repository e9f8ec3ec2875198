"""Which delivered header means which column of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import TABLES, Table
from analytics.extracts.errors import UnusableInputError

MAXIMUM_COLUMNS: Final = 500
"""No table of the contract has twenty; a file with more than this is something else."""

HEADER_SEARCH: Final = 20
"""Rows at the top in which the header is looked for; title rows above it are skipped."""

SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a file: which column each position holds, and what is left over."""

    positions: dict[int, str]
    names: dict[str, str]
    unknown: tuple[str, ...]


def match_headers(headers: Sequence[str], table: Table) -> Headers:
    """Assign the headers of a file to the columns of ``table``.

    Raises:
        UnusableInputError: If two headers mean the same column, or there are too many.
    """
    if len(headers) > MAXIMUM_COLUMNS:
        raise UnusableInputError(
            "reader.too_many_columns", columns=len(headers), limit=MAXIMUM_COLUMNS
        )
    spellings = aliases().columns[table.name]
    positions: dict[int, str] = {}
    names: dict[str, str] = {}
    unknown: list[str] = []
    for position, header in enumerate(headers):
        name = spellings.get(normal(header))
        if name is None:
            unknown += [short(header)] if header.strip() else []
            continue
        if name in names:
            raise UnusableInputError(
                "reader.duplicate_header", column=name, first=names[name], second=short(header)
            )
        positions[position], names[name] = name, short(header)
    return Headers(positions, names, tuple(unknown))


def header_row(rows: Sequence[Sequence[str]], table: Table) -> int:
    """Return the position of the header among the first rows of a file.

    It is the first row with the most headers of ``table``, or of any other table where it has
    none, so that a delivery of the wrong table is recognised as such; else the first row.
    """
    candidates = rows[:HEADER_SEARCH]
    others = [known for known in TABLES.values() if known.name != table.name]
    for known in ([table], others):
        fits = [max(fit(row, other) for other in known) for row in candidates]
        if fits and max(fits) > 0:
            return fits.index(max(fits))
    return 0


def fit(headers: Sequence[str], table: Table) -> int:
    """Return how many columns of ``table`` the headers name."""
    spellings = aliases().columns[table.name]
    return len({spellings[normal(header)] for header in headers if normal(header) in spellings})


def short(text: str) -> str:
    """Return a header in one line of at most ``SHOWN`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
