"""What has moved most since the programme began: an average may hide that areas go apart."""

from typing import Any, Final

import pandas as pd

from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format, nothing_shown
from analytics.reports.basis.making import Column, Exhibit, based_on, estimated, internal
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.indicators.changes import change_of
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.indicators.indicator_values import indicator_values

_MEASURE: Final = "share_referred_90d"
_NUMBERS: Final = ("value", "low", "high", "before", "now")
_ALL: Final = "headline"
"""Key of the row of all areas, which the picture draws as the one to compare with."""


@figure("movements", "overview", takes.SNAPSHOT, "changes")
def movements(store: ParquetStore, w: Words) -> Exhibit:
    """Return by how much each offer area has changed between 2015/16 and 2017 to 2019.

    Rows ``key`` (``headline`` for all areas), ``label, value`` (points), ``low, high`` (over
    districts), ``before, now, status``; areas by their change. An area that is protected in either
    period, in the table of all areas, has no value.
    """
    chosen = indicator(_MEASURE)
    filters = (NeedFilter(PROGRAMME, assigned=True), NeedFilter(BEFORE_PROGRAMME, assigned=True))
    whole = _rows(store, chosen, "state", filters, w).assign(key=_ALL, label=w("movements.all"))
    areas = _rows(store, chosen, "offer_area", filters, w).sort_values("value")
    frame = pd.concat([whole, areas], ignore_index=True)
    form = Format("points", 1)
    return based_on(
        store, ("cases", "referrals"), w, needs=filters[0], indicators=(chosen.id,)
    ).exhibit(
        "movements",
        _title(areas, chosen, form, w),
        _sentence(whole, areas, form, w),
        (
            Column("label", w("dimension.offer_area")),
            *estimated(w("movements.change"), form.kind, form.digits, w),
            Column("before", w("movements.before"), "share", 1),
            Column("now", w("movements.now"), "share", 1),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        frame,
        notes=(w("movements.note_interval"), w("movements.note_all")),
        measure=w("movements.measure", measure=chosen.name[w.language]),
    )


def _rows(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    filters: tuple[NeedFilter, NeedFilter],
    w: Words,
) -> pd.DataFrame:
    """Return each key's values in both periods, as the tables by ``by`` release them."""
    frames = [indicator_values(store, chosen.id, by, needs, w).table.frame for needs in filters]
    now, before = (
        {str(row["key"]): row_estimate(row) for _, row in frame.iterrows()} for frame in frames
    )
    labels = frames[0].set_index("key")["label"]
    rows = []
    for key, value in now.items():
        own = [each.but(offer_area=[key]) for each in filters] if by == "offer_area" else filters
        change = _change(store, chosen, (value, before[key]), (own[0], own[1]))
        rows.append({"key": key, "label": str(labels[key]), **change})
    return pd.DataFrame(rows).astype(dict.fromkeys(_NUMBERS, float))


def _change(
    store: ParquetStore,
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    filters: tuple[NeedFilter, NeedFilter],
) -> dict[str, Any]:
    """Return the change; its interval leaves each district out of both periods at once."""
    now, before = values
    change, _ = change_of(store, chosen, values, filters)
    value = None if now.value is None or before.value is None else now.value - before.value
    unshown = now.status if now.status is not Status.SHOWN else before.status
    return {
        "value": value,
        "low": change.low if change else None,
        "high": change.high if change else None,
        "before": before.value,
        "now": now.value,
        "status": (unshown if value is None else Status.SHOWN).value,
    }


def _title(areas: pd.DataFrame, chosen: Indicator, form: Format, w: Words) -> str:
    """Name the area that has moved most for certain, and how many went the other way."""
    if areas["value"].isna().all():
        return nothing_shown(chosen, areas["status"], w)
    certain = areas[(areas["low"] > 0) | (areas["high"] < 0)]
    if certain.empty:
        return w("movements.title_none")
    most = certain.iloc[int(certain["value"].abs().to_numpy().argmax())]
    texts = {"area": most["label"], "change": form.text(most["value"], w)}
    others = int((certain["value"] * most["value"] < 0).sum())
    if not others:
        return w("movements.title_same", **texts)
    way = "rose" if most["value"] < 0 else "fell"
    if others == 1:
        return w(f"movements.title_one_{way}", **texts)
    return w(f"movements.title_many_{way}", **texts, count=w.number(others))


def _sentence(whole: pd.DataFrame, areas: pd.DataFrame, form: Format, w: Words) -> str:
    (row,) = whole.to_dict("records")
    if pd.isna(row["value"]):
        return w("movements.sentence_none")
    limits = form.range(row["low"], row["high"], w)
    interval = w("estimate.interval", range=limits) if limits else w("movements.no_interval")
    texts = {"change": form.text(row["value"], w), "interval": interval}
    apart = (areas["low"] > 0).any() and (areas["high"] < 0).any()
    return w("movements.sentence_apart" if apart else "movements.sentence", **texts)
