"""In what needs are alike: the fields that gaps are standardised for, and counts by strata."""

from typing import Final

import pandas as pd

from analytics.disclosure import told_clock, told_shares
from analytics.domain.filters import NeedFilter, fields
from analytics.domain.indicators import Dimension, Indicator
from analytics.domain.release import Release, unreleased
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.span import data_period
from analytics.reports.indicators.clock import last_day

MIX: Final = (
    "offer_area", "legal_regime", "residence_status", "age_group", "sex", "access_path",
)  # fmt: skip
"""Fields that needs are alike in, in the order of ``stratum_of``: the last is left out first."""


def mix_fields(store: ParquetStore, by: Dimension, needs: NeedFilter) -> tuple[str, ...]:
    """Return the fields that a gap is standardised for.

    All that are known of needs, but for ``by`` and what a filter makes alike. In the released
    edition so many as its cells may be told apart by (``domain/release.py``).
    """
    found: list[str] = []
    narrowed = needs
    for name in MIX:
        if name == by or len(needs[name]) == 1:
            continue
        narrowed = narrowed.but(**{name: fields()[name].all_codes()[:1]})
        is_released = store.release is Release.RELEASED
        if is_released and unreleased(narrowed, by, data_period(store)):
            break
        found.append(name)
    return tuple(found)


def strata_counts(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    needs: NeedFilter,
    mix: tuple[str, ...],
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return ``key, series`` (the stratum), ``unit`` (district) and the counts of an indicator."""
    params = needs.params() | {"by": by, "strata": list(mix)}
    if chosen.clock is None:
        params |= {"indicator": chosen.id, "as_of": store.manifest.as_of}
        told = told_shares(store.fetch("strata_shares", params), store.release)
        return told, store.executed("strata_shares", params)
    is_released = store.release is Release.RELEASED
    # Released counts are those of whole curves, whatever part of them is asked for.
    until = None if is_released else chosen.day
    params |= {
        "clock": chosen.timed_by,
        "until": until,
        "needs_ends": chosen.needs_ends,
        "last_day": last_day(store, needs, chosen.timed_by),
    }
    frame = told_clock(store.fetch("strata_clocks", params), store.release)
    return frame, store.executed("strata_clocks", params)
