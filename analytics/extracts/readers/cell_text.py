"""Cells of workbooks as text that nobody can misread."""

import datetime as dt
import re
from typing import Final

_LITERAL: Final = re.compile(r'="([^"]*)"|=([+-]?\d+(?:\.\d+)?)')
_DECIMALS: Final = 3


def cell_text(cell: object) -> str | None:
    """Return a cell as text; None where it is empty.

    Days are written as ``2019-12-31``, with the time where there is one, whole numbers without
    decimals, and ``1.234`` as ``1.2340``: with three decimals it could be read as a thousand.
    """
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return _day(cell)
    return str(cell)


def formula_text(formula: str) -> str:
    """Return what stands for a formula without a stored value: its text, or what it spells out."""
    literal = _LITERAL.fullmatch(formula)
    return (literal[1] or literal[2] or formula) if literal else formula


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return f"{text}0" if len(text.partition(".")[2]) == _DECIMALS and "e" not in text else text


def _day(moment: dt.datetime) -> str:
    whole = (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    return whole.isoformat(" ").removesuffix(" 00:00:00")
