"""What each header of a file may mean, and how well the values below it bear that out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import CASES, Column, Kind, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.fitting import Fit, fit_of
from analytics.extracts.readers.header_spellings import Spelling, spellings

Sample = Sequence[Sequence[str | None]]
"""The first rows below a header; cells by position, a row may be shorter than the header."""

_PSEUDONYMS: Final = frozenset({"case_id", "referral_id", "handover_id", "application_id"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One header's claim to a column.

    Attributes:
        position: Where the header stands.
        column: The column; None where the values do not fit what the header may mean.
        meant: The column that the header would mean by its name.
        fit: How well the values fit.
        is_exact: Whether the header is a name or label of the contract.
        is_doubtful: Whether the header may mean something else.
        is_told: Whether the sender has said so.
        is_sampled: Whether there were rows to look at.
    """

    position: int
    column: str | None
    meant: str
    fit: Fit
    is_exact: bool = False
    is_doubtful: bool = False
    is_told: bool = False
    is_sampled: bool = True


def claims_of(
    headers: Sequence[str], table: Table, sample: Sample, told: Instructions
) -> list[Claim]:
    """Return the claims of all headers that may mean a column of ``table``.

    Raises:
        UnusableInputError: If the sender names a column that the table does not have.
    """
    names = spellings(headers)
    told_columns = [told_column(header, table, told) for header in headers]
    sure = set(told_columns) | {
        aliases().columns[table.name][spelling.text]
        for position, each in enumerate(names)
        if told_columns[position] is None and (spelling := _known(each, table))
        if not _is_doubtful(spelling, table)
    }
    found = []
    for position, (column, each) in enumerate(zip(told_columns, names, strict=True)):
        if column:
            found.append(Claim(position, column, column, Fit.YES, is_told=True))
        elif column is None and (spelling := _known(each, table)):
            found.append(_claim(position, spelling, table, _below(position, sample), sure))
    return found


def bare_claims_of(
    headers: Sequence[str], table: Table, sample: Sample, told: Instructions
) -> list[Claim]:
    """Return the claims of headers that say nothing by themselves, such as "No." or "Date".

    A number in a row fits where none repeats: one that begins anew each year tells no rows apart.
    """
    found = []
    for position, (header, names) in enumerate(zip(headers, spellings(headers), strict=True)):
        column = aliases().bare[table.name].get(names[0].text) if names else None
        if column and told_column(header, table, told) is None:
            fit = _fit(table.column(column), table, _below(position, sample))
            meant = column if fit is Fit.YES else None
            found.append(Claim(position, meant, column, fit, is_doubtful=True))
    return found


def told_column(header: str, table: Table, told: Instructions) -> str | None:
    """Return the column that the sender has told for a header: empty to leave it out.

    Raises:
        UnusableInputError: If the table has no such column, or the header names people: keys are
            replaced by pseudonyms beforehand, anything else would be shown.
    """
    key = normal(header)
    meant = next((column for name, column in told.columns if key and normal(name) == key), None)
    if not meant:
        return meant
    column = _column_named(meant, table)
    if key in aliases().identifying and column not in _PSEUDONYMS:
        raise UnusableInputError("reader.told_identifying", header=header, column=column)
    return column


def told_of(told: Instructions, table: Table) -> Instructions:
    """Return what was told of a delivery as far as it is about one table: of its own columns."""
    known = aliases().columns[table.name]
    return replace(
        told,
        columns=tuple((h, name) for h, name in told.columns if not name or normal(name) in known),
        not_recorded=tuple(name for name in told.not_recorded if name in table.column_names),
        blank_is_no=tuple(name for name in told.blank_is_no if name in table.column_names),
        codes=tuple(code for code in told.codes if normal(code[0]) in known),
    )


def named_columns(headers: Sequence[str], table: Table) -> frozenset[str]:
    """Return the columns of ``table`` that the headers name, whatever is below them."""
    return named_by(spellings(headers), table)


def named_by(names: Sequence[Sequence[Spelling]], table: Table) -> frozenset[str]:
    """Return the columns of ``table`` that headers of these spellings name."""
    known = aliases().columns[table.name]
    found = (_known(each, table) for each in names)
    return frozenset(known[spelling.text] for spelling in found if spelling)


def _column_named(name: str, table: Table) -> str:
    known = aliases().columns[table.name]
    column = known.get(normal(name))
    if column is None or normal(name) in aliases().doubtful[table.name]:
        columns = ", ".join(table.column_names)
        raise UnusableInputError("reader.told_column", column=name, columns=columns)
    return column


def _known(names: Sequence[Spelling], table: Table) -> Spelling | None:
    known = aliases().columns[table.name]
    return next((spelling for spelling in names if spelling.text in known), None)


def _is_doubtful(spelling: Spelling, table: Table) -> bool:
    return spelling.is_derived or spelling.text in aliases().doubtful[table.name]


def _below(position: int, sample: Sample) -> list[str | None]:
    return [row[position] if position < len(row) else None for row in sample]


def _claim(
    position: int,
    spelling: Spelling,
    table: Table,
    cells: Sequence[str | None],
    sure: set[str | None],
) -> Claim:
    known = aliases().columns[table.name][spelling.text]
    names = aliases().doubtful[table.name].get(spelling.text, (known,))
    candidates = sorted(names, key=lambda name: name in sure)
    fits = {name: _fit(table.column(name), table, cells) for name in candidates}
    column = next(_accepted(fits, spelling, table), None)
    best = column or candidates[0]
    return Claim(
        position,
        column,
        best,
        fits[best],
        is_exact=spelling.text in aliases().exact[table.name],
        is_doubtful=_is_doubtful(spelling, table),
        is_sampled=bool(cells),
    )


def _accepted(fits: dict[str, Fit], spelling: Spelling, table: Table) -> Iterator[str]:
    """Yield the columns that the header may stand for, the best first.

    A sure name counts whatever is below it: what cannot be read becomes a finding. Only days are
    no words: a date of birth below "age" is not even shown.
    """
    # Of a header with several meanings a few known words prove nothing but themselves.
    is_clear = len(fits) == 1
    for name, fit in fits.items():
        if fit is Fit.YES or (fit is Fit.PARTLY and (is_clear or table.column(name).required)):
            yield name
    is_listed = spelling.text in aliases().doubtful[table.name]
    for name, fit in fits.items():
        column = table.column(name)
        is_word = column.kind is Kind.CODE
        if is_word and fit is Fit.NO:
            continue
        is_sure = not is_listed and (fit is not Fit.NO or not spelling.is_derived)
        if is_sure or fit is Fit.EMPTY or (is_word and column.required):
            yield name


def _fit(column: Column, table: Table, cells: Sequence[str | None]) -> Fit:
    # A case stands in every row of a full export.
    is_own_key = table.key == (table.area, column.name) and table is not CASES
    return fit_of(column, cells, is_key=is_own_key)
