"""By what an indicator is broken down: which keys there are, in what order, with what labels."""

from datetime import date

import pandas as pd

from analytics.domain.area_types import UnitKind
from analytics.domain.areas import registry
from analytics.domain.filters import UNKNOWN, fields
from analytics.domain.indicators import Dimension
from analytics.domain.periods import Month, Period
from analytics.i18n import Words


def keys(by: Dimension, period: Period) -> tuple[str, ...]:
    """Return the keys of a dimension in the order in which they are shown.

    Areas are in the order of their official key, which follows the Regierungsbezirke; codes in
    the order of the vocabulary; quarters in time. Never by value: this is no league table.
    """
    match by:
        case "state":
            return ("",)
        case "quarter":
            return tuple(str(day) for day in quarters(period))
        case _:
            return fields()[by].all_codes()


def remainder(by: Dimension) -> frozenset[str]:
    """Return the keys that exist only where an assignment is missing.

    They are shown beside the others, never dropped, but nobody misses them where there are none:
    cases of a split district without municipality, cases without an office.
    """
    if by == "unit":
        return frozenset(registry().split_districts)
    return frozenset({UNKNOWN} if by in fields() else ())


def quarters(period: Period) -> tuple[date, ...]:
    """Return the first days of the quarters that the period touches."""
    first = Month(period.first.year, 3 * period.first.quarter - 2)
    days = []
    while first <= period.last:
        days.append(first.first_day)
        first = first.plus(3)
    return tuple(days)


def label(by: Dimension, key: str, w: Words) -> str:
    """Return what people read for a key."""
    match by:
        case "state":
            return w("dimension.state")
        case "district":
            return registry().district(key).name
        case "unit":
            return unit_label(key, w)
        case "quarter":
            return w.quarter(date.fromisoformat(key))
        case _ if key == UNKNOWN and fields()[by].has_gaps:
            return w("dimension.not_recorded")
        case _:
            return w.label(by, key)


def unit_label(code: str, w: Words) -> str:
    """Return the name of an evaluation unit, or of the unresolved part of a split district."""
    areas = registry()
    if code in areas.split_districts:
        return w("dimension.unresolved", district=areas.district(code).name)
    unit = areas.unit(code)
    if unit.kind == "rest":
        return w("dimension.rest", district=areas.district(unit.district).name)
    return unit.name


def section(by: Dimension, key: str) -> str:
    """Return the Regierungsbezirk of an area; empty for all other dimensions."""
    if by == "district":
        return registry().district(key).regierungsbezirk
    if by == "unit":
        return registry().district(key[:5]).regierungsbezirk
    return ""


def in_order(by: Dimension, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame with ``key`` in the order in which a code list is shown."""
    place = {key: position for position, key in enumerate(fields()[by].all_codes())}
    return frame.sort_values("key", key=lambda keys: keys.map(place), ignore_index=True)


def units_note(w: Words) -> str:
    """Return how the evaluation units come about: as many districts, some of them split."""
    areas = registry()
    return w(
        "evaluation.note_units",
        units=w.number(len(areas.evaluation_units)),
        districts=w.number(len(areas.districts)),
        split=w.number(len(areas.split_districts)),
        towns=towns_apart(w),
    )


def towns_apart(w: Words) -> str:
    """Return the names of the towns that are evaluation units beside the rest of their district."""
    units = registry().evaluation_units
    return w.join([unit.name for unit in units if unit.kind is UnitKind.TOWN])
