"""How amounts differ that are not spent and published: one reading for page, slide and paper."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.programme_types import Qualifier

ARROW: Final = "\u25b6"
"""Leads on from a bar's end where letters do; paper draws one."""

_MORE: Final = (Qualifier.OVER, Qualifier.AT_LEAST)


@dataclass(frozen=True, slots=True)
class BarLooks:
    """Of each bar, whether it is only planned (an outline), and whether it is more (an arrow)."""

    planned: tuple[bool, ...]
    beyond: tuple[bool, ...]


def bar_looks(rows: pd.DataFrame) -> BarLooks:
    """Return the looks of rows; those without ``is_planned`` and ``qualifier`` are plain."""
    none = [False] * len(rows)
    planned = rows["is_planned"].eq(True) if "is_planned" in rows else none
    beyond = rows["qualifier"].isin(_MORE) if "qualifier" in rows else none
    return BarLooks(tuple(map(bool, planned)), tuple(map(bool, beyond)))
