"""Hand-overs with and without an agreed appointment, compared among those of the same kind.

Of the same kind are hand-overs of one evaluation unit, year of need, offer area and kind of
receiving body. It is told what goes along with an appointment, never what it does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.disclosure import MIN_DURATION_N, Mask, release_durations, release_shares
from analytics.disclosure.perturbation import perturbed
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, fields
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import dimensions
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.handovers import is_by_unit
from analytics.stats.counts import Ints
from analytics.stats.two_arms import ArmCounts, ArmsCompared, compare_arms

LIMIT: Final = 180
"""Days after the hand-over that are looked at."""

TOTAL: Final = "headline"
_KIND: Final = ("unit", "need_year", "offer_area", "receiving_body")
_AREA: Final = "offer_area"
_LEAST_RELEASED: Final = 1000
"""Hand-overs that a released comparison rests on: it is made of true counts."""
_LEAST_UNITS: Final = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of the comparison.

    Attributes:
        key: ``TOTAL`` or an offer area.
        alike: Among hand-overs of the same kind; None where no kind has both arms.
        raw: All hand-overs with an appointment against all without.
        n: Hand-overs compared, as it may be told.
        is_shown: Whether enough people stand behind it.
    """

    key: str
    alike: ArmsCompared | None
    raw: ArmsCompared | None
    n: int
    is_shown: bool


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """The comparison of all hand-overs, then by offer area.

    Attributes:
        rows: The total first.
        documented: Share of the hand-overs whose binding is documented; NaN without hand-overs.
        query: What was asked.
    """

    rows: tuple[Compared, ...]
    documented: float
    query: ExecutedQuery


@once_per_snapshot
def binding(store: ParquetStore, needs: NeedFilter) -> Binding:
    """Return the comparison of the needs that ``handovers.asked_pairs`` leaves.

    Raises:
        ClosedQueryError: Where figures are released and too few stand behind it.
    """
    params = needs.params() | {"limit": LIMIT, "as_of": store.manifest.as_of}
    fetched = store.fetch("binding_arms", params)
    fetched = fetched.rename(columns={"needs": "trials", "needs_key": "trials_key"})
    known = fetched[fetched["is_bound"].notna()].reset_index(drop=True)
    by_unit = is_by_unit(needs)
    total = _compared(TOTAL, known, by_unit=by_unit)
    is_released = store.release is Release.RELEASED
    if is_released:
        _refuse_few(total)
    areas = [] if is_released else list(_by_area(known, by_unit=by_unit))
    rows = [replace(total, is_shown=bool(_may_be_told([known])[0])), *areas]
    if is_released:
        is_alike = known.groupby(list(_KIND))["is_bound"].transform("nunique") > 1
        keys = known.loc[is_alike, "trials_key"].to_numpy(np.uint64)
        rows = [replace(total, n=int(perturbed(np.int64(total.n), keys.sum())), is_shown=True)]
    everybody = float(fetched["trials"].sum())
    return Binding(
        tuple(rows),
        float(known["trials"].sum()) / everybody if everybody else np.nan,
        store.executed("binding_arms", params),
    )


def _by_area(known: pd.DataFrame, *, by_unit: bool) -> Iterator[Compared]:
    parts = {str(code): part for code, part in known.groupby(_AREA)}
    codes = [code for code in fields()[_AREA].all_codes() if code in parts]
    shown = _may_be_told([parts[code] for code in codes])
    for code, is_shown in zip(codes, shown, strict=True):
        yield replace(_compared(code, parts[code], by_unit=by_unit), is_shown=bool(is_shown))


def _compared(key: str, known: pd.DataFrame, *, by_unit: bool) -> Compared:
    if known.empty:
        return Compared(key, None, None, 0, is_shown=False)
    kinds = known.groupby(list(_KIND), sort=True).ngroup()
    stratum: Ints = np.array(kinds, dtype=np.int64)
    unit = pd.factorize(known["unit"], sort=True)[0].astype(np.int64)
    arm = known["is_bound"].astype(bool).to_numpy().astype(np.int64)
    rest = (known[name].to_numpy(np.int64, copy=True) for name in ("days", "event", "trials"))
    counts = ArmCounts(stratum, unit, arm, *rest)
    alike = compare_arms(counts, LIMIT, by_unit=by_unit)
    raw = compare_arms(counts.unstratified(), LIMIT, by_unit=by_unit)
    return Compared(key, alike, raw, alike.n if alike else 0, is_shown=False)


def _may_be_told(parts: list[pd.DataFrame]) -> Mask:
    """Say which parts of one total may be told: enough people in both arms, started or not."""
    shown = np.ones(len(parts), dtype=np.bool_)
    for is_bound in (True, False):
        arms = [part[part["is_bound"].astype(bool) == is_bound] for part in parts]
        trials = np.array([int(arm["trials"].sum()) for arm in arms], dtype=np.int64)
        began = [int(arm.loc[arm["event"] == 1, "trials"].sum()) for arm in arms]
        shown &= release_durations(trials) & release_shares(began, trials)
    return shown


def _refuse_few(total: Compared) -> None:
    found = total.alike
    if found and (found.n < _LEAST_RELEASED or found.freedom + 1 < _LEAST_UNITS):
        raise ClosedQueryError("comparison of few people")


def frame_of(found: Binding, measure: str, w: Words) -> pd.DataFrame:
    """Return the rows of one measure.

    Columns ``key, label, bound, unbound, value, low, high, raw, raw_low, raw_high, n, status``.

    Args:
        found: From ``binding``.
        measure: ``started`` or ``days``.
        w: Language.
    """
    return pd.DataFrame([_row(each, measure, w) for each in found.rows])


def _row(one: Compared, measure: str, w: Words) -> dict[str, Any]:
    is_total = one.key == TOTAL
    label = w("cooperation.binding_all") if is_total else dimensions.label(_AREA, one.key, w)
    row: dict[str, Any] = {"key": one.key, "label": label, "status": Status.SUPPRESSED.value}
    row |= dict.fromkeys(FIGURES, np.nan)
    if not one.is_shown or one.alike is None or one.raw is None or one.n < MIN_DURATION_N:
        return row
    alike, raw = (
        side.reached if measure == "started" else side.days for side in (one.alike, one.raw)
    )
    figures = (
        alike.first, alike.second, alike.value, alike.low, alike.high, raw.value, raw.low, raw.high,
    )  # fmt: skip
    if np.isnan(alike.value):  # the curve of one side ends before the limit
        return row | {"n": one.n, "status": Status.NO_DATA.value}
    told = dict(zip(FIGURES, figures, strict=False))
    return row | told | {"n": one.n, "status": Status.SHOWN.value}


FIGURES: Final = ("bound", "unbound", "value", "low", "high", "raw", "raw_low", "raw_high", "n")


def total_of(found: Binding, w: Words) -> ArmsCompared:
    """Return the comparison of all hand-overs.

    Raises:
        RefusedError: If no kind of hand-over was made in both ways, or too few people were.
    """
    total = found.rows[0]
    if total.alike is None:
        raise RefusedError(w("cooperation.binding_none_alike"))
    if not total.is_shown or total.n < MIN_DURATION_N:
        raise RefusedError(w("cooperation.binding_few"))
    return total.alike
