"""Histories: several rows of one case or need, one for each change, of which the newest holds."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.extracts.aliases import normal
from analytics.extracts.contract import Table
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import (
    are_filled,
    group_numbers,
    mapped,
    plain,
    plain_texts,
    running_numbers,
)
from analytics.extracts.readers.reshaping.columns import (
    column,
    column_of,
    named,
    of_rows,
    positions,
    spellings,
)

# Headers of the day from which a row holds. The day of recording is not among them: it is a column
# of the contract, and what is recorded later need not be a change.
_CHANGED: Final = spellings(
    "Geändert am", "Änderung am", "Änderungsdatum", "Datum der Änderung", "Letzte Änderung",
    "Zuletzt geändert am", "Aktualisiert am", "Statusdatum", "Status vom", "Status seit",
    "Status geändert am", "Datum Status", "Stand vom", "Stand am", "Gültig ab", "Gültig von",
    "Datum Statuswechsel", "Statuswechsel am", "Changed on", "Changed", "Updated on",
    "Updated at", "Last change", "Last modified", "Modified on", "Status date", "Valid from",
)  # fmt: skip
_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T](?P<t>[\d:.]+)Z?)?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?:[ ,]+(?P<t>[\d:.]+)(?: Uhr)?)?"),
)


def newest_rows(table: Table) -> Callable[[Block, Instructions], tuple[Block, tuple[Note, ...]]]:
    """Return the step that leaves of each row of ``table`` the newest, where that can be told."""

    def step(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
        return _newest(block, table, told)

    return step


def _newest(block: Block, table: Table, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    places = positions(block, table, told)
    names = [name for name in table.key if name in places]
    changed = _changed_place(block, table, told)
    if changed is None or table.key[-1] not in names:
        return block, ()
    groups = group_numbers(*(plain_texts(column(block, places[name])) for name in names))
    is_keyed = are_filled(column(block, places[table.key[-1]])).to_numpy(zero_copy_only=False)
    days = mapped(column(block, changed), _moment, pa.string())
    kept = _kept(groups, days) | ~is_keyed
    if kept.all():
        return block, ()
    older = int((~kept).sum())
    note = Note("older_rows", value=named([block.headers[changed]]), count=older)
    return of_rows(block, pa.array(kept)), (note,)


def _changed_place(block: Block, table: Table, told: Instructions) -> int | None:
    for place, header in enumerate(block.headers):
        if normal(header) in _CHANGED and column_of(header, table, told) is None:
            return place
    return None


def _kept(groups: npt.NDArray[np.int64], days: pa.Array) -> npt.NDArray[np.bool_]:
    """Say which rows to keep: the newest, and all of a group whose newest cannot be told."""
    codes = days.dictionary_encode()
    ranks = np.argsort(np.argsort(np.array(codes.dictionary.to_pylist(), dtype=str)))
    own = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    rank = np.where(own >= 0, ranks[own] if len(ranks) else -1, -1)
    newest = np.full(int(groups.max(initial=-1)) + 1, -1, np.int64)
    np.maximum.at(newest, groups, rank)
    is_newest: npt.NDArray[np.bool_] = rank == newest[groups]
    undecided = np.zeros(len(newest), bool)
    undecided[groups[rank < 0]] = True
    undecided[groups[is_newest][running_numbers(groups[is_newest]) > 0]] = True
    is_newest |= undecided[groups]
    return is_newest


def _moment(text: str) -> str | None:
    """Return a day and time so that later ones come later in the alphabet, None if unreadable."""
    bare = plain(text) or ""
    for form in _FORMS:
        if found := form.fullmatch(bare):
            try:
                day = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
            return f"{day.isoformat()} {(found['t'] or '').rjust(8, '0')}"
    return None
