"""Protected estimates of any indicator: what is asked of the snapshot, and how it is estimated."""

from datetime import timedelta
from typing import Any, Final

import pandas as pd

from analytics.disclosure import OWN, told_counts, told_lags, told_shares
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator, indicator
from analytics.domain.release import Release
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.indicators.assignment import as_asked, as_counted
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.estimation import (
    clock_estimates,
    median_estimates,
    proportion_estimates,
    ratio_estimates,
)
from analytics.reports.indicators.process import process_counts
from analytics.reports.indicators.ratios import parts_of

_AREAS: Final = ("district", "unit")


def estimates(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    need_filter: NeedFilter,
    across: Dimension = "state",
) -> tuple[pd.DataFrame, tuple[ExecutedQuery, ...]]:
    """Return protected ``key, series, value, low, high, n, status`` and the query behind them.

    Of groups of units bounds are those between units, and ``units`` says how many there are.

    Args:
        store: The snapshot.
        chosen: The indicator.
        by: The dimension of ``key``.
        need_filter: Which needs count.
        across: A second dimension, that of ``series``; ``state`` for none.

    Raises:
        ValueError: If the indicator has no meaning for these dimensions or this filter.
    """
    if store.own_district is not None:
        return _beside_own(store, chosen, by, need_filter, across)
    return _estimates(store, chosen, by, need_filter, across)


def _beside_own(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    need_filter: NeedFilter,
    across: Dimension,
) -> tuple[pd.DataFrame, tuple[ExecutedQuery, ...]]:
    """Return a district's own rows as they are, and all others exactly as they are released.

    What may be shown of the others is decided without the own rows: an uploaded row would else
    uncover one that hides beside the district, or hide another.
    """
    if is_of_own(store, need_filter):
        return _estimates(store, chosen, by, need_filter, across, is_own=True)
    found, queries = _estimates(store.everybody, chosen, by, need_filter, across)
    if by not in _AREAS:
        return found, queries
    counts, query = counts_of(store, chosen, by, need_filter, across=across)
    own = counts[counts["key"].str[:5] == store.own_district].assign(**{OWN: True})
    others = found[found["key"].str[:5] != store.own_district]
    told = estimated(chosen, own) if len(own) else others.iloc[:0]
    return pd.concat([others, told], ignore_index=True), (query,)


def is_of_own(store: ParquetStore, need_filter: NeedFilter) -> bool:
    """Say whether a question is about nothing but the reader's own rows."""
    codes = [code for name in _AREAS for code in need_filter[name]]
    return bool(codes) and all(code[:5] == store.own_district for code in codes)


def _estimates(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    need_filter: NeedFilter,
    across: Dimension,
    *,
    is_own: bool = False,
) -> tuple[pd.DataFrame, tuple[ExecutedQuery, ...]]:
    # The state's counts are asked for by unit as well: its changes vary between districts.
    by_unit = by in ("group", "state") and across == "state" and chosen.method != "ratio"
    counts, query = counts_of(store, chosen, by, need_filter, by_unit=by_unit, across=across)
    counts = _pooled(counts) if by_unit and by == "state" else counts
    return estimated(chosen, counts.assign(**{OWN: True}) if is_own else counts), (query,)


def estimated(chosen: Indicator, counts: pd.DataFrame) -> pd.DataFrame:
    """Return protected ``key, series, value, low, high, n, status`` from an indicator's counts."""
    match chosen.method:
        case "proportion":
            return proportion_estimates(counts)
        case "median":
            return median_estimates(counts)
        case "ratio":
            return ratio_estimates(chosen, counts)
        case _:
            return clock_estimates(chosen, counts)


def state_counts(store: ParquetStore, chosen: Indicator, need_filter: NeedFilter) -> pd.DataFrame:
    """Return the counts behind the state's value, unit by unit, as ``counts_of`` does.

    Args:
        store: The snapshot.
        chosen: An indicator that counts needs.
        need_filter: Which needs count, unless told otherwise those of both groups.
    """
    counts, _ = counts_of(store, chosen, "state", as_asked(need_filter, "state"), by_unit=True)
    return counts


def _pooled(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts without their units; shares have one row a key, clocks as many as they like."""
    if "trials" in counts:
        same = [name for name in ("key", "series", "noise") if name in counts]
        return counts.groupby(same, as_index=False)[["events", "trials"]].sum()
    return counts.drop(columns="unit")


def counts_of(
    store: ParquetStore,
    chosen: Indicator,
    by: Dimension,
    need_filter: NeedFilter,
    *,
    by_unit: bool = False,
    across: Dimension = "state",
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return the counts that an indicator is estimated from, and their query.

    Where figures are confidential the counts are unprotected, else they are perturbed.

    Columns ``key``, ``series`` (the code of ``across``) and those of ``clock_estimates``,
    ``proportion_estimates``, ``median_estimates`` or ``ratio_estimates``, whichever estimates it;
    with ``unit`` if asked for.

    Raises:
        ValueError: If the indicator has no meaning for this dimension or filter.
    """
    for dimension in (by, across):
        if dimension not in chosen.dimensions:
            raise ValueError(f"{chosen.id} is not broken down by {dimension}")
    if not chosen.counts_needs and need_filter.is_narrowed:
        raise ValueError(f"{chosen.id} does not count needs: {need_filter}")
    if need_filter.is_of_referred and not chosen.is_of_referred:
        raise ValueError(f"{chosen.id} counts needs that were not referred, too: {need_filter}")
    refuse_unreleased(store, need_filter, by, across)
    if chosen.process is not None:
        return process_counts(store, chosen, by, need_filter, by_unit=by_unit, across=across)
    match chosen.method:
        case "ratio":
            if across != "state":
                raise ValueError(f"{chosen.id} has one dimension")
            return _ratios(store, chosen, by, need_filter)
        case "proportion" | "median":
            query = "lag_counts"
            params = need_filter.params() | {"by": by, "across": across, "split_by_unit": by_unit}
            if chosen.method == "proportion":
                query = "proportion_counts"
                params |= {"indicator": chosen.id, "as_of": store.manifest.as_of}
            tell = told_shares if chosen.method == "proportion" else told_lags
            frame = tell(store.fetch(query, params), store.release)
            counts = frame if by_unit else frame.drop(columns="unit")
            return counts, store.executed(query, params)
        case _:
            return clock_counts(
                store,
                by,
                need_filter,
                chosen.timed_by,
                across=across,
                split_by_unit=by_unit,
                needs_ends=chosen.needs_ends,
            )


def _ratios(
    store: ParquetStore, chosen: Indicator, by: Dimension, need_filter: NeedFilter
) -> tuple[pd.DataFrame, ExecutedQuery]:
    params: dict[str, object] = {
        "indicator": chosen.id,
        "start": need_filter.period.start,
        # A rate counts the time that the data cover, not what the period says beyond it.
        "end": min(need_filter.period.end, store.manifest.as_of + timedelta(days=1)),
        "districts": list(need_filter["district"]) or None,
    }
    is_of_all = by == "state" and not is_of_own(store, need_filter)
    asked = store.everybody if is_of_all else store
    ratios = asked.fetch("district_ratios", params)
    parts = told_counts(parts_of(store, chosen, by, ratios), _of_people(store, chosen), "numerator")
    return parts, store.executed("district_ratios", params)


def _of_people(store: ParquetStore, chosen: Indicator) -> Release:
    """Return how numerators are told: posts, modules and money are no people, nor is a census."""
    return store.release if chosen.interval == "poisson" else Release.CONFIDENTIAL


def state_estimate(
    store: ParquetStore, indicator_id: str, need_filter: NeedFilter
) -> tuple[Estimate, tuple[ExecutedQuery, ...]]:
    """Return the single protected value of an indicator, over the needs that the state counts."""
    chosen = indicator(indicator_id)
    need_filter = as_counted(chosen, need_filter, "state")
    frame, queries = estimates(store, chosen, "state", need_filter)
    if frame.empty:
        return Estimate(None, None, None, 0, Status.NO_DATA), queries
    return row_estimate(frame.iloc[0]), queries


def row_estimate(row: "pd.Series[Any]") -> Estimate:
    """Return the estimate that a row of a protected frame holds."""
    value, low, high, n = (
        None if pd.isna(row[c]) else row[c] for c in ("value", "low", "high", "n")
    )
    units, freedom, error = (row.get(name) for name in ("units", "freedom", "error"))
    return Estimate(
        value,
        low,
        high,
        None if n is None else int(n),
        Status(row["status"]),
        None if pd.isna(units) else int(units),
        None if pd.isna(freedom) else float(freedom),
        None if pd.isna(error) else float(error),
    )
