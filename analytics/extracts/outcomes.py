"""Outcomes that lag behind the dates of their need.

Lists grow a date when something happens, and the column of the state is forgotten: "Warteliste"
beside the day of the referral. To refuse such rows would lose the referred needs and keep the
waiting ones, so the date counts and the outcome is emptied, with a word.
"""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.vocabulary import Outcome
from analytics.extracts.reading import Note
from analytics.extracts.values import Cells, emptied

_LATER: Final[Mapping[Outcome, tuple[str, ...]]] = {
    Outcome.OPEN: ("referred_on", "started_on"),
    Outcome.REFERRED: ("started_on",),
}


def without_stale_outcomes(cells: Mapping[str, Cells]) -> dict[str, Cells]:
    """Return the cells of needs without outcomes that a later date has overtaken.

    A need with an end is left as it is: an end and "open" say two things.
    """
    stated = cells["outcome"].values
    if pa.types.is_dictionary(stated.type):
        stated = stated.cast(pa.string())
    has_ended = pc.is_valid(cells["ended_on"].values)
    is_stale = pc.and_(has_ended, pc.invert(has_ended))
    for outcome, names in _LATER.items():
        is_stated = pc.fill_null(pc.equal(stated, outcome.value), fill_value=False)
        for name in names:
            is_overtaken = pc.and_(is_stated, pc.is_valid(cells[name].values))
            is_stale = pc.or_(is_stale, pc.and_not(is_overtaken, has_ended))
    if not pc.any(is_stale).as_py():
        return dict(cells)
    return {**cells, "outcome": emptied(cells["outcome"], is_stale, Note.OUTCOME_BEHIND)}
