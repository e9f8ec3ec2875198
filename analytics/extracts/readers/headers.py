"""Which delivered header means which column of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from analytics.extracts.aliases import normal
from analytics.extracts.contract import Kind, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.claims import (
    Claim,
    Sample,
    bare_claims_of,
    claims_of,
    named_columns,
    told_column,
)
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.fitting import Fit, holds_dates

MAXIMUM_COLUMNS: Final = 500
"""No table of the contract has twenty; a file with more than this is something else."""

HEADER_SEARCH: Final = 20
"""Rows at the top in which the header is looked for; title rows above it are skipped."""

SHOWN: Final = 60

_SCHOOL: Final = ("abitur", "hauptschul", "realschul", "mittlerereife", "fachhochschulreife")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a file: which column each position holds, and what is left over.

    Attributes:
        positions: Position -> column.
        names: Column -> header as delivered.
        unknown: Headers that belong to no column.
        notes: Headers that may mean a column and are not taken, each with why.
    """

    positions: dict[int, str]
    names: dict[str, str]
    unknown: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Contest:
    """Who claims which column, while it is decided."""

    headers: Sequence[str]
    winners: dict[str, Claim] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)

    def leave(self, position: int, rule: str, column: str | None, holds: str | None = None) -> None:
        """Leave a header out and say why, and of which kind its values are where that is known."""
        header = short(self.headers[position])
        self.notes[position] = Note(rule, value=header, other=holds, field=column)


def match_headers(
    headers: Sequence[str],
    table: Table,
    sample: Sample = (),
    told: Instructions = NOTHING_TOLD,
) -> Headers:
    """Assign the headers of a file to the columns of ``table``.

    What the sender has told holds. A header of more than one meaning counts only where the values
    below it fit; of several headers for one column the one whose values fit is taken.

    Args:
        headers: The header's cells.
        table: The table that is to be read.
        sample: The first rows below the header, some hundred at most, each as long as the header
            or shorter; without them a doubtful header counts as its first meaning.
        told: What the sender tells about the file.

    Raises:
        UnusableInputError: If two headers mean the same column, the sender names a column that
            the table does not have, or there are too many columns.
    """
    if len(headers) > MAXIMUM_COLUMNS:
        raise UnusableInputError(
            "reader.too_many_columns", columns=len(headers), limit=MAXIMUM_COLUMNS
        )
    contest = _Contest(headers)
    for position, header in enumerate(headers):
        if told_column(header, table, told) == "":
            contest.leave(position, "column_left_out", None)
    claims = claims_of(headers, table, sample, told)
    _decide_all(contest, table.column_names, claims)
    lacking = [column for column in table.required if column not in contest.winners]
    bare = [each for each in bare_claims_of(headers, table, sample, told) if each.meant in lacking]
    _decide_all(contest, lacking, bare)
    for claim in (*claims, *bare):
        if claim.column is None:
            cells = [row[claim.position] for row in sample if claim.position < len(row)]
            kind = Kind.DATE.value if holds_dates(cells) else None
            contest.leave(claim.position, _misfit(contest, cells, claim), claim.meant, kind)
    _leave_ends_of_courses(contest, sample)
    return _headers(contest)


def _decide_all(contest: _Contest, columns: Sequence[str], claims: Sequence[Claim]) -> None:
    for column in columns:
        _decide(contest, column, [claim for claim in claims if claim.column == column])


def _decide(contest: _Contest, column: str, claims: Sequence[Claim]) -> None:
    """Choose which header stands for a column; the others are left out with a note.

    Raises:
        UnusableInputError: If more than one has as good a claim.
    """
    if not claims:
        return
    best = _best(claims)
    if len(best) > 1:
        first, second = (short(contest.headers[claim.position]) for claim in best[:2])
        raise UnusableInputError(
            "reader.duplicate_header", column=column, first=first, second=second
        )
    contest.winners[column] = best[0]
    for claim in claims:
        if claim is not best[0]:
            contest.leave(claim.position, "column_spare", column)


def _best(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims that none beats: told, then values that fit, then the surer name."""
    told = [claim for claim in claims if claim.is_told]
    if told:
        return told
    fitting = [claim for claim in claims if claim.fit >= Fit.PARTLY]
    if len(fitting) == 1:
        return fitting
    best = [claim for claim in fitting or claims if not claim.is_doubtful]
    best = best or list(fitting or claims)
    best = [claim for claim in best if claim.fit is Fit.YES] or best
    exact = [claim for claim in best if claim.is_exact]
    has_values = any(claim.fit > Fit.EMPTY for claim in best)
    # Where nothing is filled, nothing is lost by taking the contract's own name.
    is_empty = not has_values and all(claim.is_sampled for claim in best)
    return exact if is_empty and len(exact) == 1 else best


def _misfit(contest: _Contest, cells: Sequence[str | None], claim: Claim) -> str:
    if claim.meant != "closed_on":
        return "column_spare" if claim.meant in contest.winners else "column_misfit"
    texts = {normal(cell or "") for cell in cells}
    is_school = any(word in text for text in texts for word in _SCHOOL)
    return "column_school" if is_school else "column_misfit"


def _leave_ends_of_courses(contest: _Contest, sample: Sample) -> None:
    """Leave out an end that stands beside a start: it is that of the offer, not of the need."""
    end, start = contest.winners.get("ended_on"), contest.winners.get("started_on")
    if end is None or start is None or not end.is_doubtful or end.is_told:
        return
    both = (start.position, end.position)
    if any(all(position < len(row) and row[position] for position in both) for row in sample):
        del contest.winners["ended_on"]
        contest.leave(end.position, "column_course_end", "ended_on")


def _headers(contest: _Contest) -> Headers:
    by_position = {claim.position: column for column, claim in contest.winners.items()}
    positions = {position: by_position[position] for position in sorted(by_position)}
    names = {name: short(contest.headers[position]) for position, name in positions.items()}
    unknown = [
        short(header)
        for position, header in enumerate(contest.headers)
        if header.strip() and position not in positions and position not in contest.notes
    ]
    notes = [contest.notes[position] for position in sorted(contest.notes)]
    return Headers(positions, names, tuple(unknown), tuple(notes))


def fit(headers: Sequence[str], table: Table) -> int:
    """Return how many columns of ``table`` the headers name."""
    return len(named_columns(headers, table))


def short(text: str) -> str:
    """Return a header in one line of at most ``SHOWN`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
