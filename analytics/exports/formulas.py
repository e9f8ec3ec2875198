"""Texts that a spreadsheet would run: deliveries bring names and notes, which may hold anything.

The list is OWASP's for CSV injection: signs that begin a formula, in full width too, and the
control characters that are skipped before one.
"""

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet might run ``text``; spaces before a formula do not hide it."""
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def harmless(text: str) -> str:
    """Return ``text``, behind an apostrophe where a spreadsheet might run it."""
    return f"'{text}" if is_formula(text) else text
