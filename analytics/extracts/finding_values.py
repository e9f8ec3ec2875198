"""How a finding's values are written in its sentences: labels, names and dates of one language.

What was delivered stays as delivered wherever it could not be read; the finding itself keeps the
raw values.
"""

import re
from datetime import date
from typing import Final

from analytics.domain.areas import registry
from analytics.extracts.contract import TABLES, Kind, wording
from analytics.extracts.rules import Shown
from analytics.i18n import Words

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_JOINT: Final = re.compile(r"( \| |, | )")


def readable(text: str, shown: Shown, *, table: str, field: str | None, w: Words) -> str:
    """Return a value as people read it.

    Args:
        text: The raw value.
        shown: What it is.
        table: The table of the finding.
        field: The column of the finding, whose code list a code belongs to.
        w: Language.
    """
    match shown:
        case Shown.CODE:
            return _with_code(f"code.{_code_list(table, field)}.{text}", text, w)
        case Shown.TABLE:
            return _with_code(f"column.tables.{text}", text, w)
        case Shown.AREA:
            return _area(text)
        case Shown.COLUMNS:
            names = (wording(table, name) for name in text.split(", ") if name)
            return ", ".join(w(f"column.label.{name}") for name in names)
        case Shown.NUMBER:
            return _number(text, w)
        case Shown.NAME:
            return text
        case Shown.TEXT:
            return _days(text, table, w)


def _with_code(message: str, code: str, w: Words) -> str:
    label = w.messages.get(message)
    return f"{label} ({code})" if label else code


def _code_list(table: str, field: str | None) -> str:
    found = (column.code_list for column in TABLES[table].columns if column.name == field)
    return next(found, None) or ""


def _area(key: str) -> str:
    """Return the name of a district, town or KIM unit with its key; of anything else the key."""
    areas = registry()
    names = {unit.ags: unit.name for unit in areas.kim_units}
    names |= {unit.code: unit.name for unit in areas.evaluation_units}
    names |= {town.ags: town.name for town in areas.municipalities}
    names |= {area.ags: area.full_name for area in areas.districts}
    return f"{names[key]} ({key})" if key in names else key


def _number(text: str, w: Words) -> str:
    try:
        value = float(text)
    except ValueError:  # shortened
        return text
    return w.number(value, len(text.partition(".")[2].rstrip("0")))


def _days(text: str, table: str, w: Words) -> str:
    """Write days by locale, and the names of date columns that a SELECT put before them.

    Only whole parts are days: an id may hold the digits of one.
    """
    dates = {column.name: w(column.label) for column in TABLES[table].of_kind(Kind.DATE)}
    return "".join(_day(dates.get(part, part), w) for part in _JOINT.split(text))


def _day(part: str, w: Words) -> str:
    if not _DAY.fullmatch(part):
        return part
    try:
        return w.date(date.fromisoformat(part))
    except ValueError:  # such as 30 February
        return part
