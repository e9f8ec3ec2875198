"""Text that must stay text where Streamlit reads Markdown."""

import re
from typing import Final

from analytics.reports.basis.formatting import tied

_SIGNS: Final = re.compile(r"[\\*_`\[\]$<>&~#|:]")
_BLOCK_MARK: Final = re.compile(r"^(\d*)([.)+=-])(?=\s|-|=|$)")
"""What Markdown takes for a list or a line at the beginning: ``4. Quartal``, ``- ``, ``---``."""

_TAKEN_LATER: Final = re.compile(
    r"(?<=http)(?=s?://)|(?<=www)(?=\.)"  # addresses
    r"|(?<=[-.\w+])(?=@)"  # e-mail addresses
    r"|(?<=:)(?=[-\w+/]+:)"  # emoji and icons by name
    r"|(?:(?<=\s[<>~-])|(?<=^[<>~-]))(?=[>=-]{1,2}(?:\s|$))",  # arrows, dashes, signs of order
    re.IGNORECASE,
)
"""Where the browser would make links, pictures and signs of plain text, escaped or not: it looks
for them after Markdown is read."""

_NOTHING_TO_SEE: Final = "\u2060"
_LINE_BREAK: Final = re.compile(r"\s*[\r\n]\s*")


_PERCENT: Final = re.compile(r"(?<=\d-)%-(?=\w)")
"""In ``95-%-Intervall``, where a line would break behind either hyphen."""


def whole(text: str) -> str:
    """Return ``text`` with each ``95-%-Intervall`` and each ``n = 12`` on one line."""
    return _PERCENT.sub(f"{_NOTHING_TO_SEE}%-{_NOTHING_TO_SEE}", tied(text))


def plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, in one paragraph, and links nowhere.

    All that comes from addresses, files and people goes through here.
    """
    line = _LINE_BREAK.sub(" ", text).lstrip(" \t")
    signs = _SIGNS.sub(r"\\\g<0>", _TAKEN_LATER.sub(_NOTHING_TO_SEE, line))
    return whole(_BLOCK_MARK.sub(r"\1\\\2", signs))
