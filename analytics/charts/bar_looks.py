"""How amounts differ that are planned or more than told: one reading for page, slide and paper."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.programme_types import Qualifier
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.published import qualified

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


def bar_texts(rows: pd.DataFrame, form: Format, w: Words) -> tuple[str, ...]:
    """Return the text at each bar's end, with the word for a figure not exact or only planned."""
    qualifiers = rows["qualifier"] if "qualifier" in rows else [None] * len(rows)
    planned = bar_looks(rows).planned
    texts = []
    for value, known, is_planned in zip(rows["value"], qualifiers, planned, strict=True):
        text = "" if pd.isna(value) else form.text(value, w)
        if text and isinstance(known, str):
            text = qualified(text, Qualifier(known), w)
        texts.append(w("published.planned", figure=text) if text and is_planned else text)
    return tuple(texts)
