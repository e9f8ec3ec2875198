"""What protection costs: the error that it adds to figures beside the error they have anyway."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator, catalogue
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.basis.opening import open_snapshot
from analytics.reports.basis.span import latest_years, usual_period
from analytics.reports.indicators.assignment import as_asked
from analytics.reports.indicators.indicator_estimates import counts_of, estimated

_LEVELS: Final[tuple[Dimension, ...]] = ("group", "offer_area", "quarter", "district", "unit")
"""From figures of thousands of people to those of few."""

_BY_UNIT: Final = ("group",)
_HEADLINE: Final = "share_referred_90d"
_SMALLEST: Final = "district"


@figure("protection", "data-methods/check", takes.SNAPSHOT)
def protection(store: ParquetStore, w: Words) -> Exhibit:
    """Return for each indicator and level how much wider protection makes intervals.

    One row an indicator and level: ``figures`` that are told, their median ``n``, medians of the
    half width without and of what protection adds (``own``, ``added``, as text with unit), and
    ``ratio`` of both. It is told of the released edition, whoever asks.
    """
    with open_snapshot(store.folder, Release.RELEASED) as released:
        frame = pd.DataFrame(_rows(released, w))
    found = frame[(frame["indicator"] == _HEADLINE) & (frame["key"] == _SMALLEST)]
    texts = {"figures": w.number(len(frame))}
    if found.empty:
        title = w("protection.title_none")
    else:
        one = found.iloc[0]
        texts |= {"own": one["own"], "added": one["added"], "n": w.number(one["n"])}
        title = w("protection.title", **texts)
    return based_on(store, ("cases", "referrals"), w).exhibit(
        "protection",
        title,
        w("protection.sentence", **texts),
        (
            *readable(w, label="ui.indicator", level="protection.level"),
            Column("figures", w("protection.figures"), "number"),
            Column("n", w("protection.n"), "count"),
            *readable(w, own="protection.own", added="protection.added"),
            Column("ratio", w("protection.ratio"), "number", 2),
            *internal(w, key="indicator.key", indicator="indicator.key", status="indicator.status"),
        ),
        frame,
        notes=(w("protection.note_how"), w("protection.note_small")),
        measure=w("protection.measure"),
        span="",
    )


def _rows(store: ParquetStore, w: Words) -> Iterator[dict[str, Any]]:
    for chosen in catalogue().values():
        if not chosen.counts_needs:
            continue
        for by in _LEVELS:
            if by in chosen.dimensions:
                yield from _row(store, chosen, by, w)


def _row(
    store: ParquetStore, chosen: Indicator, by: Dimension, w: Words
) -> Iterator[dict[str, Any]]:
    needs = as_asked(NeedFilter(_period(store, chosen, by)), by)
    counts, _ = counts_of(store, chosen, by, needs, by_unit=by in _BY_UNIT)
    told, bare = (estimated(chosen, each) for each in (counts, counts.assign(noise=0.0)))
    shown = (told["status"] == Status.SHOWN).to_numpy() & bare["low"].notna().to_numpy()
    whole, own = (_half_widths(frame)[shown] for frame in (told, bare))
    shown_own = own[own > 0]
    if not shown_own.size:
        return
    added = np.sqrt(np.maximum(whole**2 - own**2, 0))[own > 0]
    yield {
        "indicator": chosen.id,
        "key": by,
        "label": chosen.name[w.language],
        "level": w(f"dimension.{by}_many"),
        "figures": int(shown.sum()),
        "n": float(np.median(told.loc[shown, "n"].dropna())),
        "own": _width_text(chosen, float(np.median(shown_own)), w),
        "added": _width_text(chosen, float(np.median(added)), w),
        "ratio": float(np.median(added / shown_own)),
        "status": Status.SHOWN.value,
    }


def _width_text(chosen: Indicator, width: float, w: Words) -> str:
    if chosen.unit == "share":
        return w("protection.points", value=w.number(100 * width, 1))
    return w.days(width, 1)


def _period(store: ParquetStore, chosen: Indicator, by: Dimension) -> Period:
    return latest_years(store) if by == "unit" else usual_period(store, chosen, by)


def _half_widths(frame: pd.DataFrame) -> "np.ndarray[Any, np.dtype[np.float64]]":
    return np.asarray((frame["high"] - frame["low"]) / 2, dtype=np.float64)
