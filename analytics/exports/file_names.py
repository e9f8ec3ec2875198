"""Names of files to take away: what is shown, of when, of whom, and the data cut.

A folder of downloads must tell two selections of one figure apart. Codes stand in the names, not
words, so that they are the same in every language and safe on every disk.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from analytics.domain.filters import fields
from analytics.exports.selection import period_of
from analytics.reports.basis.exhibit import Exhibit

_LONGEST_SELECTION: Final = 60
_PLAIN: Final = ("group", "offer_area", "district")
"""Fields whose codes say by themselves what they are; other lists share some."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9+-]+")


def file_stem(exhibit: Exhibit) -> str:
    """Return the name without its ending: figure, period, selection and data cut.

    Parts that do not apply are left out. Of a long selection its beginning is kept, with a short
    code that differs for each.
    """
    period, as_of = period_of(exhibit), exhibit.source.as_of
    parts = [
        exhibit.id,
        f"{period.first}_{period.last}" if period else "",
        _codes("_".join(_UNSAFE.sub("-", part) for part in _selection(exhibit))),
        as_of.isoformat() if as_of else "",
    ]
    return "_".join(part for part in parts if part)


def _selection(exhibit: Exhibit) -> Iterator[str]:
    """Yield what was chosen besides the period, and is not in the exhibit's name."""
    for name, codes in exhibit.needs.chosen if exhibit.needs else ():
        text = "+".join(codes)
        yield text if name in _PLAIN else f"{fields()[name].option}-{text}"
    for name, text in exhibit.choice:
        if name not in ("from", "to") and text and f"_{text}_" not in f"_{exhibit.id}_":
            yield text


def _codes(text: str) -> str:
    if len(text) <= _LONGEST_SELECTION:
        return text
    return f"{text[:_LONGEST_SELECTION]}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
