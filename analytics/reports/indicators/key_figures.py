"""Headline numbers with interval and change."""

from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import KeyFigure
from analytics.reports.basis.formatting import Format, interval_text, status_text, value_text
from analytics.reports.indicators.changes import change_of
from analytics.reports.indicators.indicator_estimates import state_estimate
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
    """Return one key figure; the change is unclear when its interval includes zero.

    The interval of the change is that between districts, each left out of both periods at once.
    """
    chosen = indicator(indicator_id)
    current, _ = state_estimate(store, indicator_id, now)
    earlier, _ = state_estimate(store, indicator_id, before)
    change, districts = change_of(store, chosen, (current, earlier), (now, before))
    shown = current.status is Status.SHOWN
    return KeyFigure(
        indicator=indicator_id,
        label=chosen.name[w.language],
        estimate=current,
        value=value_text(chosen, current.value, w) if shown else status_text(chosen, current, w),
        interval=interval_text(chosen, current, w) if shown else "",
        change=_change_text(chosen, (current, earlier), change, districts, before, w),
        direction=_direction(chosen, change),
    )


def _change_text(
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    change: Difference | None,
    districts: int,
    before: NeedFilter,
    w: Words,
) -> str:
    span = w(
        "indicator.period",
        first=w.month(before.period.start),
        last=w.month(before.period.last.first_day),
    )
    form = Format("points" if chosen.unit == "share" else "days_change", 1)
    now, earlier = (value.value for value in values)
    if now is None or earlier is None or (change is None and districts != 1):
        return w("key_figure.no_change", period=span)
    if change is None:
        interval = w("estimate.one_unit")
    else:
        form = form.excluding(change.low, change.high, w)
        low, high = (form.bare(bound, w) for bound in (change.low, change.high))
        interval = w("estimate.interval", range=w("estimate.from_to", low=low, high=high))
    return w(
        f"key_figure.change_{chosen.unit}",
        change=form.bare(now - earlier, w),
        interval=interval,
    )


def _direction(chosen: Indicator, change: Difference | None) -> str:
    if change is None or not change.excludes_zero:
        return "unclear"
    if chosen.better == "none":
        return "none"
    return "better" if (change.estimate < 0) == (chosen.better == "lower") else "worse"
