"""Why needs end without an offer: by day, and by group."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import release_counts, release_curve, release_shares
from analytics.domain.estimates import Status
from analytics.domain.filters import BREAKDOWNS, NeedFilter, options_of_needs
from analytics.domain.indicators import Dimension, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import Asked, Takes, figure
from analytics.reports.basis.making import (
    Basis,
    Column,
    Exhibit,
    based_on,
    estimated,
    internal,
    readable,
)
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.exploring.end_causes import (
    CAUSES,
    LAST,
    OPEN,
    REASONS,
    REPAIRS,
    Causes,
    causes_by,
)
from analytics.reports.exploring.end_words import by_group_finding, by_reason_finding, cause_label
from analytics.reports.exploring.fairness import MEASURES
from analytics.reports.indicators.assignment import as_asked
from analytics.reports.indicators.indicator_values import refuse_hidden_areas

EARLY: Final = 180
USUAL: Final = "restricted_mean_days_180_to_start"
_GRID: Final = np.append(np.arange(0, LAST, 7), LAST)
_FIGURES: Final = ("value", "low", "high", "early", "early_low", "early_high")
_PROTECTED_AS: Final = {
    "referral": "share_referred_90d", "start": "share_started_180d",
    "start_after_referral": "start_rate_of_referred",
}  # fmt: skip
"""The table that says which areas are hidden, by clock."""

_FIELDS: Final = options_of_needs(of_referred=True)
_BY_REASON: Final = Takes(
    ("indicator", "period", *_FIELDS),
    lambda store, asked: (*takes.NEEDS.read(store, asked), asked.indicator),
)


def _by_group(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
    return (*takes.NEEDS_BY_FIELD.read(store, asked), asked.indicator)


@figure(
    "ends_by_reason", "explore/fairness", _BY_REASON, "causes", indicators=MEASURES, usual=USUAL
)
def ends_by_reason(store: ParquetStore, need_filter: NeedFilter, measure: str, w: Words) -> Exhibit:
    """Return the share that has ended for each cause by day, others competing.

    Rows ``series`` (the cause), ``section`` (what would mend it), ``label, days, estimate, low,
    high, status``. A curve ends before few are at
    risk; a cause that could be told by subtraction is not shown.

    Args:
        store: The snapshot.
        need_filter: Which needs count.
        measure: Id of an indicator, whose clock counts; that of the start where it has none.
        w: Language.

    Raises:
        RefusedError: If the clock counts others than the filter chooses, or if areas are chosen
            whose own figures are hidden.
    """
    clock = clock_of(measure)
    needs, basis = _asked(store, need_filter, clock, "state", w)
    found, query = causes_by(store, clock, "state", needs)
    whole = found.get("")
    parts = [] if whole is None else _curves(whole, clock, w)
    frame = pd.concat(parts, ignore_index=True) if parts else _nothing()
    return basis.exhibit(
        "ends_by_reason",
        *by_reason_finding(whole, frame, clock, w),
        (
            *readable(w, section="ends.repair", label="ends.cause"),
            Column("days", w("referral.days"), "number"),
            Column("estimate", w("ends.share"), "share", 1),
            *readable(w, "share", 1, low="indicator.low", high="indicator.high"),
            *internal(w, series="indicator.key", status="indicator.status"),
        ),
        frame,
        notes=(w("ends.note_competing"), *_notes(frame, w)),
        queries=(query,),
        choice=(("clock", clock),),
        measure=w(f"ends.measure_{clock}"),
    )


@figure("ends_by_group", "explore/fairness", Takes(("by", *_BY_REASON.heeds), _by_group),
        "dots", indicators=MEASURES, usual=USUAL)  # fmt: skip
def ends_by_group(
    store: ParquetStore, need_filter: NeedFilter, by: Dimension, measure: str, w: Words
) -> Exhibit:
    """Return by group the share that has ended for each reason by day 365, and by day 180.

    Rows ``section`` (the reason), ``series`` (its code), ``key`` (the group's), ``label, value,
    low, high`` (day 365), ``early, early_low, early_high`` (day 180), ``n, status``.

    Raises:
        RefusedError: As ``ends_by_reason``.
        KeyError: If there is no such field.
    """
    clock = clock_of(measure)
    if by not in BREAKDOWNS:
        raise KeyError(by)
    needs, basis = _asked(store, need_filter, clock, by, w)
    found, query = causes_by(store, clock, by, needs)
    order = [key for key in dimensions.keys(by, needs.period) if key in found]
    frame = _by_reason({key: found[key] for key in order}, by, clock, w)
    return basis.exhibit(
        "ends_by_group",
        *by_group_finding(frame, w),
        (
            *readable(w, section="ends.cause", label=f"dimension.{by}"),
            *estimated(w("ends.by_day", day=w.number(LAST)), "share", 1, w),
            Column("early", w("ends.by_day", day=w.number(EARLY)), "share", 1),
            *readable(w, "share", 1, early_low="ends.early_low", early_high="ends.early_high"),
            Column("n", w("indicator.n"), "count"),
            *internal(w, key="indicator.key", series="indicator.key", status="indicator.status"),
        ),
        frame,
        notes=_notes(frame, w),
        queries=(query,),
        choice=(("by", by), ("clock", clock)),
        measure=w("ends.measure_by_group", measure=w(f"ends.measure_{clock}"), day=w.number(LAST)),
    )


def clock_of(measure: str) -> str:
    """Return the clock whose ends are told beside a measure: the start's where it has none."""
    return indicator(measure).clock or "start"


def _asked(
    store: ParquetStore, need_filter: NeedFilter, clock: str, by: Dimension, w: Words
) -> tuple[NeedFilter, Basis]:
    needs = as_asked(need_filter, by)
    if needs.is_of_referred and clock != "start_after_referral":
        raise RefusedError(w("ends.only_of_referred"))
    refuse_hidden_areas(store, indicator(_PROTECTED_AS[clock]), needs, w)
    return needs, based_on(store, ("cases", "referrals"), w, needs=needs)


def _notes(frame: pd.DataFrame, w: Words) -> tuple[str, ...]:
    notes = [w("ends.note_recorded"), w("ends.note_reading"), w("ends.note_interval")]
    if (frame["status"] == Status.SUPPRESSED).any():
        notes.append(w("indicator.note_suppressed"))
    return tuple(notes)


def _nothing() -> pd.DataFrame:
    names = ("section", "label", "days", "estimate", "low", "high", "series", "status")
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def shown_causes(part: Causes, day: int = LAST) -> dict[str, bool]:
    """Return which causes may be told beside each other: with the open ones they are all needs."""
    names = (*CAUSES, OPEN)
    told = release_counts([part.count(name, day) for name in names])
    return dict(zip(names, map(bool, told), strict=True))


def _repair(cause: str, w: Words) -> str:
    named = next((name for name, causes in REPAIRS.items() if cause in causes), "")
    return w(f"ends.repair_{named}") if named else ""


def _curves(whole: Causes, clock: str, w: Words) -> list[pd.DataFrame]:
    """Return the rows of each cause that there is."""
    told, found = shown_causes(whole), []
    for cause in CAUSES:
        if not whole.count(cause):
            continue
        points = _points(whole, cause) if told[cause] else pd.DataFrame()
        if points.empty:
            points = pd.DataFrame({"days": [np.nan], "estimate": [np.nan], "low": [np.nan],
                                   "high": [np.nan], "status": [Status.SUPPRESSED]})  # fmt: skip
        found.append(
            points.assign(
                series=cause, section=_repair(cause, w), label=cause_label(cause, clock, w)
            )
        )
    return found


def _points(whole: Causes, cause: str) -> pd.DataFrame:
    """Return a curve's points on the grid, from zero on day 0 to where it may be shown."""
    curve = whole.curve(cause)
    kept = release_curve(curve.at_risk, curve.events)
    if not kept.size:
        return pd.DataFrame()
    place = np.searchsorted(curve.days[kept], _GRID, side="right") - 1
    chosen = kept[np.unique(place[place >= 0])]
    days, values = curve.days[chosen], curve.estimate[chosen]
    low, high = whole.band(cause, days, values)
    columns = (days, values, low, high)
    if days[0] > 0:
        columns = tuple(np.append(0.0, each) for each in columns)  # type: ignore[assignment]
    names = ("days", "estimate", "low", "high")
    return pd.DataFrame(dict(zip(names, columns, strict=True))).assign(status=Status.SHOWN)


def _by_reason(found: dict[str, Causes], by: Dimension, clock: str, w: Words) -> pd.DataFrame:
    """Return one row a reason that there is and group, protected in both directions."""
    beside = {key: shown_causes(part) for key, part in found.items()}
    n = [part.n for part in found.values()]
    rows = []
    for reason in REASONS:
        late, early = (
            np.array([part.count(reason, day) for part in found.values()]) for day in (LAST, EARLY)
        )
        if not late.sum():
            continue
        told = release_shares(late, n)
        # Where both days are shown, what lies between them can be told as well.
        both = told & release_shares(early, n) & release_counts(late - early)
        for (key, part), is_shown, has_both in zip(found.items(), told, both, strict=True):
            is_told = bool(is_shown) and beside[key][reason]
            figures = _figures(part, reason) if is_told else None
            if figures and not has_both:
                figures |= dict.fromkeys(_FIGURES[3:], np.nan)
            status = Status.SHOWN if figures else Status.NO_DATA if is_told else Status.SUPPRESSED
            rows.append(
                {
                    "series": reason,
                    "section": cause_label(reason, clock, w),
                    "key": key,
                    "label": dimensions.label(by, key, w),
                    "n": part.n if release_counts([part.n])[0] and figures else np.nan,
                    "status": status,
                    **(figures or dict.fromkeys(_FIGURES, np.nan)),
                }
            )
    names = ("series", "section", "key", "label", "n", "status", *_FIGURES)
    return pd.DataFrame(rows, columns=list(names)).astype(dict.fromkeys((*_FIGURES, "n"), float))


def _figures(part: Causes, reason: str) -> dict[str, float] | None:
    """Return the shares by both days with their bounds, None where not followed so long."""
    curve = part.curve(reason)
    points = [curve.at(day).estimate for day in (LAST, EARLY)]
    if points[0] is None or points[1] is None:
        return None
    days = np.array([LAST, EARLY], dtype=np.float64)
    values = np.array(points, dtype=np.float64)
    low, high = part.band(reason, days, values)
    return {
        "value": values[0], "low": low[0], "high": high[0],
        "early": values[1], "early_low": low[1], "early_high": high[1],
    }  # fmt: skip
