"""Headline numbers with interval and change."""

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.exhibit import KeyFigure
from analytics.reports.formatting import Format, interval_text, status_text, value_text
from analytics.reports.group_comparison import difference_of
from analytics.reports.indicator_values import state_estimate
from analytics.stats.difference import Difference

OVERVIEW = (
    "share_referred_90d",
    "median_days_to_referral",
    "share_started_180d",
    "binding_handover_share",
)


def key_figures(
    store: ParquetStore, need_filter: NeedFilter, before: NeedFilter, w: Words
) -> tuple[KeyFigure, ...]:
    """Return the overview's four key figures and how they differ from an earlier period.

    Args:
        store: The snapshot.
        need_filter: Which needs count.
        before: The same needs in the earlier period that is compared with.
        w: Language.
    """
    return tuple(key_figure(store, name, need_filter, before, w) for name in OVERVIEW)


def key_figure(
    store: ParquetStore, indicator_id: str, now: NeedFilter, before: NeedFilter, w: Words
) -> KeyFigure:
    """Return one key figure; the change is unclear when its interval includes zero."""
    chosen = indicator(indicator_id)
    current, _ = state_estimate(store, indicator_id, now)
    earlier, _ = state_estimate(store, indicator_id, before)
    change = difference_of(current, earlier)
    shown = current.status is Status.SHOWN
    return KeyFigure(
        indicator=indicator_id,
        label=chosen.name[w.language],
        estimate=current,
        value=value_text(chosen, current.value, w) if shown else status_text(chosen, current, w),
        interval=interval_text(chosen, current, w) if shown else "",
        change=_change_text(chosen, change, before, w),
        direction=_direction(chosen, change),
    )


def _change_text(chosen: Indicator, change: Difference | None, before: NeedFilter, w: Words) -> str:
    span = w(
        "indicator.period",
        first=w.month(before.period.start),
        last=w.month(before.period.last.first_day),
    )
    if change is None:
        return w("key_figure.no_change", period=span)
    form = Format("points" if chosen.unit == "share" else "days_change", 1)
    form = form.excluding(change.low, change.high, w)
    return w(
        f"key_figure.change_{chosen.unit}",
        change=form.bare(change.estimate, w),
        low=form.bare(change.low, w),
        high=form.bare(change.high, w),
        period=span,
    )


def _direction(chosen: Indicator, change: Difference | None) -> str:
    if change is None or not change.excludes_zero:
        return "unclear"
    if chosen.better == "none":
        return "none"
    return "better" if (change.estimate < 0) == (chosen.better == "lower") else "worse"
