"""Words that say that something has not happened, in columns whose empty cell says so.

To set such rows aside would keep only those where it has: the fast ones. What is meant by "nicht"
and "kein" differs by column, so there it is listed what has not happened: "nicht bekannt" and
"keine Angabe" say no such thing, and "keine Rückmeldung" says it of an answer alone.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from analytics.extracts.columns import Column, Empty, Kind
from analytics.extracts.reading.date_forms import bare

_RAW: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("not_yet.toml").read_text("utf-8")
)


def says_not_yet(column: Column, text: str) -> bool:
    """Say whether a text stands for "not yet" where an empty cell of the column says so.

    A column of codes has such words where it is said of which event it tells; an outcome has a
    code of its own for it.
    """
    if column.kind is Kind.DATE:
        words, event = date_words(), column.name
    elif column.empty is Empty.NOT_YET and column.name in _RAW["said_of"]:
        words, event = _bare("words"), _RAW["said_of"][column.name]
    else:
        return False
    word = bare(text) or text
    return word in words | _bare("words", column.name) or bool(_form(event).fullmatch(word))


@cache
def date_words() -> frozenset[str]:
    """Return the words that stand in place of any date, as ``bare`` writes them."""
    return _bare("words") | _bare("dates")


@cache
def _bare(name: str, column: str | None = None) -> frozenset[str]:
    listed = _RAW if column is None else _RAW["of"].get(column, {})
    return frozenset(bare(word) for word in listed.get(name, ()))


@cache
def _form(column: str) -> re.Pattern[str]:
    """Return how people write that what a column of dates tells has not happened."""
    events = "|".join(map(re.escape, sorted(_bare("events") | _bare("events", column))))
    return re.compile(
        rf"(?:noch |bisher |bislang )?(?:nicht|kein(?:e|en|er)?|not|no) (?:yet )?(?:{events})"
        r"(?: (?:erfolgt|erhalten|eingegangen|received))?(?: yet)?"
        rf"|(?:{events}) (?:(?:steht|ist|is) )?(?:noch )?(?:aus|ausstehend|offen|pending|open)"
    )
