"""The rows of an answer: every cell that the question leaves, labelled, with what is said of it."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator
from analytics.domain.inquiry import Inquiry
from analytics.domain.position import DIRECTIONS, Comparison
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import dimensions
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.exploring.compared import Apart, Cell, beyond_chance
from analytics.reports.exploring.question_words import code_label
from analytics.reports.indicators.indicator_values import wanted_keys

_GAPS: Final = ("gap", "gap_low", "gap_high")
_BOTH: Final = ("value", "low", "high", "first", "second", "n", "n_second")


def completed(found: pd.DataFrame, asked: Inquiry, needs: NeedFilter, w: Words) -> pd.DataFrame:
    """Return a row for each cell that the question leaves, with labels; absent ones as no data.

    Args:
        found: ``key, series, status`` and figures.
        asked: The question.
        needs: Which needs count.
        w: Language.
    """
    keys = wanted_keys(asked.rows, asked.needs, set(found["key"]))
    series = wanted_keys(asked.columns, needs, set(found["series"]))
    wanted = pd.MultiIndex.from_tuples(list(product(keys, series)), names=["key", "series"])
    full = found.set_index(["key", "series"]).reindex(wanted).reset_index()
    absent = full["status"].isna()
    full["status"] = full["status"].fillna(Status.NO_DATA)
    if asked.rows == "unit" and (full["status"] == Status.SUPPRESSED).any():
        # That a town has no needs at all would tell a hidden unit from its group's total.
        of_split = full["key"].str[:5].isin(registry().split_districts)
        full.loc[absent & of_split, "status"] = Status.SUPPRESSED
    full["label"] = [code_label(asked.rows, key, w) or w("dimension.state") for key in full["key"]]
    full["series_label"] = [code_label(asked.columns, code, w) for code in full["series"]]
    full["section"] = [dimensions.section(asked.rows, key) for key in full["key"]]
    return full


def with_quarters(
    store: ParquetStore, asked: Inquiry, frame: pd.DataFrame
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return the rows with ``period`` (first day of the quarter) and whether it is provisional.

    Whichever dimension holds the quarters, ``series`` and ``label`` are then of the other one.
    """
    if asked.rows == "quarter":
        swapped = (("key", "series"), ("label", "series_label"))
        names = dict(swapped) | {other: name for name, other in swapped}
        frame = frame.rename(columns=names)
    days = [date.fromisoformat(code) for code in frame["series"]]
    distinct = sorted(set(days))
    flags, query = provisional_quarters(store, distinct)
    is_late = dict(zip(distinct, flags, strict=True))
    by_course = frame.assign(
        quarter=frame["series_label"],
        series=frame["key"],
        period=days,
        provisional=[is_late[day] for day in days],
    )
    return by_course, query


def judged(
    chosen: Indicator, frame: pd.DataFrame, apart: Mapping[Cell, Apart], w: Words
) -> pd.DataFrame:
    """Return the rows with ``finding``, in words ``finding_text``, and the gap to all others.

    Args:
        chosen: The indicator.
        frame: ``key, series, status`` and figures.
        apart: Each cell beside all others.
        w: Language.
    """
    cells = [(str(key), str(code)) for key, code in zip(frame["key"], frame["series"], strict=True)]
    sides = beyond_chance(dict(apart))
    codes = [_finding(chosen, cell, sides, apart) for cell in cells]
    gaps = [apart[cell].gap if cell in apart else None for cell in cells]
    told = [(g.estimate, g.low, g.high) if g else (None, None, None) for g in gaps]
    found = pd.DataFrame(told, columns=list(_GAPS), index=frame.index, dtype=float)
    texts = [w(f"explore.finding_{code}") if code else "" for code in codes]
    return frame.join(found).assign(finding=codes, finding_text=texts)


def differences(apart: Mapping[Cell, Apart]) -> pd.DataFrame:
    """Return ``key, series, value`` (the first less the second), its bounds and both parts."""
    return pd.DataFrame(
        [_difference(cell, each) for cell, each in apart.items()],
        columns=["key", "series", *_BOTH, "status"],
    ).astype(dict.fromkeys(_BOTH, float))


def _difference(cell: Cell, each: Apart) -> dict[str, object]:
    first, second, gap = each.first, each.second, each.gap
    value = None if first.value is None or second.value is None else first.value - second.value
    unshown = first.status if first.status is not Status.SHOWN else second.status
    status = Status.NO_DATA if unshown is Status.SHOWN else unshown
    return {
        "key": cell[0],
        "series": cell[1],
        "value": value,
        "low": gap.low if gap and value is not None else None,
        "high": gap.high if gap and value is not None else None,
        "first": first.value,
        "second": second.value,
        "n": first.n,
        "n_second": second.n,
        "status": Status.SHOWN if value is not None else status,
    }


def _finding(
    chosen: Indicator, cell: Cell, sides: Mapping[Cell, int], apart: Mapping[Cell, Apart]
) -> str:
    """Return what is said of a cell; empty where it is held against nothing."""
    if cell not in apart or apart[cell].gap is None:
        return ""
    side = sides[cell]
    return str(DIRECTIONS[chosen.better][side] if side else Comparison.ALIKE)
