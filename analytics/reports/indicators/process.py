"""Indicators of what runs between bodies: their counts, and who delivers what they are made of."""

from datetime import timedelta

import pandas as pd

from analytics.disclosure import told_clock, told_shares
from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
from analytics.extracts.contract import TableName, table
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.delivered import delivered, executed
from analytics.reports.basis.refusal import RefusedError


def process_counts(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    need_filter: NeedFilter,
    *,
    by_unit: bool,
    across: Dimension,
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return the counts of a process as those of needs are returned, and their query.

    Where figures are released the counts are perturbed. ``key, series``, of a clock ``days, event,
    needs``, of a share ``events, trials``; with ``unit`` if asked for.
    """
    params = need_filter.params() | {
        "by": by,
        "across": across,
        "split_by_unit": by_unit,
        "process": chosen.process,
    }
    is_share = chosen.method == "proportion"
    query, tell = ("process_shares", told_shares) if is_share else ("process_counts", told_clock)
    if not is_share:
        followed = store.manifest.as_of - need_filter.period.start
        params["last_day"] = max(followed, timedelta()).days
    frame = tell(store.fetch(query, params), store.release)
    counts = frame if by_unit else frame.drop(columns="unit")
    return counts, store.executed(query, params)


def optional_table(chosen: Indicator) -> TableName | None:
    """Return the table that an indicator needs and that not everybody delivers, if there is one."""
    optional = [name for name in chosen.tables if table(name).is_optional]
    return TableName(optional[0]) if optional else None


def delivery_note(
    store: ParquetStore, chosen: Indicator, w: Words
) -> tuple[tuple[str, ...], tuple[ExecutedQuery, ...]]:
    """Return how many districts deliver what an indicator needs, and the query; nothing if all do.

    Raises:
        RefusedError: If none does: that is not zero.
    """
    name = optional_table(chosen)
    if name is None:
        return (), ()
    senders = {area[:5] for area in delivered(store, name)}
    texts = {"table": w(table(name).label), "all": w.number(len(registry().districts))}
    if not senders:
        raise RefusedError(w("indicator.not_delivered", name=chosen.name[w.language], **texts))
    if len(senders) == len(registry().districts):
        return (), ()
    note = w("indicator.note_delivered", count=w.number(len(senders)), **texts)
    return (note,), (executed(store),)
