"""What the data leave open: needs that nobody has ended yet, needs of no group."""

from dataclasses import replace

import pandas as pd

from analytics.disclosure import MIN_COUNT
from analytics.domain.filters import NeedFilter
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.clock import clock_counts


def uncertain_needs(store: ParquetStore, need_filter: NeedFilter, w: Words) -> str:
    """Return what the data leave open, whatever they are compared with."""
    counts, _ = clock_counts(store, "group", replace(need_filter, assigned=False))
    return _uncertain_sentence(counts, w)


def _uncertain_sentence(counts: pd.DataFrame, w: Words) -> str:
    """Name what the data leave open: needs still open, needs of no group."""
    needs = int(counts["needs"].sum())
    if needs < MIN_COUNT:
        return w("overview.uncertain_few" if needs else "overview.uncertain_empty")
    unassigned = int(counts.loc[counts["key"] == Group.UNASSIGNED, "needs"].sum())
    still_open = int(counts.loc[counts["event"] == 0, "needs"].sum())
    shares = {"open": still_open, "unassigned": unassigned}
    return " ".join(_part(name, count, needs, w) for name, count in shares.items())


def _part(name: str, count: int, total: int, w: Words) -> str:
    """Return a sentence on a share of all needs that gives away no count of 1 to 4."""
    size = "none" if count == 0 else "few" if count < MIN_COUNT else "some"
    return w(f"overview.{name}_{size}", share=w.percent(count / total, 1))
