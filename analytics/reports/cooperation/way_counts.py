"""Asking for the ways of cases: a year from the first hand-over, which a filter chooses by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import (
    MIN_DURATION_N,
    release_counts,
    release_durations,
    told_clock,
    told_shares,
)
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.cooperation.handovers import (
    BINDING,
    BODY,
    gathered,
    is_by_unit,
    pair_counts,
)
from analytics.reports.cooperation.missing import (
    REFERRED,
    not_delivered_note,
    of_known_body,
    refuse_missing,
    unrecorded_notes,
)
from analytics.reports.indicators.assignment import as_asked
from analytics.reports.indicators.indicator_values import refuse_hidden_areas
from analytics.stats.counts import Ints
from analytics.stats.medians import DayCounts, Medians, medians

MANY: Final = ("3", "4", "5")
"""Numbers of kinds of bodies that count as many; five stands for five and more."""

_KEYS: Final = 2**32


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Cases by something of their way: ``key, unit, events, trials``; trials are all ways."""

    counts: pd.DataFrame
    query: ExecutedQuery


def asked_ways(store: ParquetStore, need_filter: NeedFilter, w: Words) -> NeedFilter:
    """Return the needs whose cases count: those whose first hand-over is one of them.

    Raises:
        UnreleasedError: In the released edition, for what is not on its grid.
        RefusedError: If areas are chosen whose own figures are hidden.
    """
    needs = as_asked(need_filter, BODY)
    refuse_unreleased(store, needs, BODY)
    refuse_hidden_areas(store, indicator(BINDING), needs, w)
    return needs


def refuse_without_ways(store: ParquetStore, needs: NeedFilter, w: Words) -> None:
    """Refuse what is asked of ways where nobody who counts delivers receiving bodies.

    Raises:
        RefusedError: It says so.
    """
    if _asked(store, "way_bodies", needs)[0].empty:
        refuse_missing(store, needs, (REFERRED,), w("cooperation.no_ways"), w)


def missing_notes(store: ParquetStore, needs: NeedFilter, w: Words) -> tuple[str, ...]:
    """Return whose cases have no way, as their referrals or receiving bodies are not delivered.

    The released edition does not tell pairs of what ways may be asked by: the matrix names them.
    """
    unrecorded = unrecorded_notes(store, needs, (REFERRED,), w)
    if store.release is Release.RELEASED:
        return unrecorded
    counts, _ = pair_counts(store, needs, "needs")
    known = of_known_body(counts)
    return (*unrecorded, *not_delivered_note(counts, known, "receiving_body", w))


def way_shares(store: ParquetStore, needs: NeedFilter, w: Words) -> Ways:
    """Return cases by number of kinds of bodies, and of ``many`` of them together.

    Raises:
        RefusedError: If nobody who counts delivers receiving bodies.
    """
    refuse_without_ways(store, needs, w)
    raw, query = _asked(store, "way_bodies", needs)
    many = _by_unit(raw[raw["key"].isin(MANY)]).assign(key="many")
    return Ways(_of_all(pd.concat([raw, many]), raw, store.release), query)


def sequence_shares(store: ParquetStore, needs: NeedFilter, most: int) -> Ways:
    """Return cases of the most frequent ways."""
    raw, query = _asked(store, "way_sequences", needs, ways=None, split_by_unit=False)
    whole, _ = _asked(store, "way_bodies", needs)
    told = _of_all(raw, whole.assign(unit=""), store.release)
    usual = told[release_counts(told["events"]) & (told["events"] > 0)]
    chosen = sorted(usual.nlargest(most, "events", keep="first")["key"])
    raw, query = _asked(store, "way_sequences", needs, ways=chosen)
    return Ways(_of_all(raw, whole, store.release), query)


def loop_shares(store: ParquetStore, needs: NeedFilter) -> Ways:
    """Return cases whose way led to a body more than once, of those that it led there at all."""
    raw, query = _asked(store, "way_loops", needs)
    told = told_shares(raw.assign(series=""), store.release)
    return Ways(told.drop(columns="series", errors="ignore"), query)


def gap_medians(
    store: ParquetStore, needs: NeedFilter, ways: Sequence[str] | None = None
) -> tuple[pd.DataFrame, tuple[ExecutedQuery, ...]]:
    """Return median days since the hand-over before: ``key, step, value, low, high, n, status``.

    Args:
        store: The snapshot.
        needs: From ``asked_ways``.
        ways: Each of these by itself, needs being what varies; None for all together.
    """
    by_unit = ways is None and is_by_unit(needs)
    is_released = store.release is Release.RELEASED
    asked = {"ways": None if ways is None else list(ways)}
    raw, query = _asked(
        store, "way_gaps", needs, **asked, coarse=False, split_by_unit=by_unit and is_released
    )
    exact, queries, of_units = told_clock(raw, store.release), [query], None
    if by_unit and is_released:
        of_units = exact.assign(days=gathered(exact["days"].to_numpy(np.int64)))
    elif by_unit:
        raw, query = _asked(store, "way_gaps", needs, **asked, coarse=True, split_by_unit=True)
        of_units, queries = told_clock(raw, store.release), [*queries, query]
    parts = exact[["key", "series"]].drop_duplicates().sort_values(["key", "series"])
    names = list(parts.itertuples(index=False, name=None))
    noise = float(exact["noise"].max()) if "noise" in exact and len(exact) else 0.0
    found = medians(
        _day_counts(exact.assign(unit=""), names),
        len(names),
        None if of_units is None else _day_counts(of_units, names),
        noise,
    )
    return _shown(parts.rename(columns={"series": "step"}), found, noise), tuple(queries)


def _shown(parts: pd.DataFrame, found: Medians, noise: float) -> pd.DataFrame:
    n = found.n
    # Each step is a part of the one before it: what is left out between two of them is told, too.
    shown = release_durations(n) & (n >= MIN_DURATION_N)
    for key in parts["key"].unique():
        line = np.flatnonzero((parts["key"] == key).to_numpy())
        lost = -np.diff(n[line])
        shown[line[1:][(lost > 0) & ~release_counts(lost)]] = False
    figures = np.column_stack([found.estimate, found.low, found.high])
    figures = np.round(figures) if noise else figures
    frame = parts.reset_index(drop=True)
    frame[["value", "low", "high"]] = np.where(shown[:, None], figures, np.nan)
    status = np.where(shown, Status.SHOWN.value, Status.SUPPRESSED.value)
    return frame.assign(n=np.where(shown, n, np.nan), status=status)


def _asked(
    store: ParquetStore, query: str, needs: NeedFilter, **more: object
) -> tuple[pd.DataFrame, ExecutedQuery]:
    params = needs.params() | {"split_by_unit": is_by_unit(needs)} | more
    return store.fetch(query, params), store.executed(query, params)


def _of_all(raw: pd.DataFrame, whole: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return ``key, unit, events, trials`` of each key, in units that have any way.

    Args:
        raw: ``key, unit, cases, cases_key``.
        whole: The same of parts that together are all ways.
        release: Of the snapshot.
    """
    everybody = _by_unit(whole)
    place, keys = pd.factorize(raw["key"], sort=True)
    units = everybody["unit"].tolist()
    # Of each key and each unit, in this order: merging frames of texts would take most of the time.
    cells = place * len(units) + pd.Index(units).get_indexer(pd.Index(raw["unit"]))
    cases = np.zeros(len(keys) * len(units), np.int64)
    cases[cells] = raw["cases"]
    own_keys = np.zeros(cases.size, np.uint64)
    own_keys[cells] = raw["cases_key"].fillna(0).to_numpy(np.uint64)
    has_keys = release is Release.RELEASED
    told = told_shares(
        pd.DataFrame(
            {
                "key": np.repeat(keys, len(units)),
                "series": "",
                "unit": np.tile(units, len(keys)),
                "events": cases,
                "trials": np.tile(everybody["cases"], len(keys)),
                "events_key": _cell(own_keys, has_keys),
                "trials_key": _cell(np.tile(everybody["cases_key"], len(keys)), has_keys),
            }
        ),
        release,
    )
    return told.drop(columns="series", errors="ignore")


def _by_unit(whole: pd.DataFrame) -> pd.DataFrame:
    keyed = whole.assign(cases_key=whole["cases_key"].fillna(0).astype(np.uint64))
    return keyed.groupby("unit", as_index=False)[["cases", "cases_key"]].sum()


def _cell(keys: NDArray[np.uint64], has_keys: bool) -> NDArray[Any]:
    """Return keys of cells, those of nobody being 0; none where figures are not perturbed."""
    return keys % np.uint64(_KEYS) if has_keys else np.full(keys.size, np.nan)


def _day_counts(frame: pd.DataFrame, names: Sequence[tuple[str, str]]) -> DayCounts:
    index = pd.MultiIndex.from_tuples(names, names=["key", "series"])
    part = index.get_indexer(pd.MultiIndex.from_frame(frame[["key", "series"]]))
    unit = pd.factorize(frame["unit"], sort=True)[0]
    columns: list[Ints] = [frame[name].to_numpy(np.int64) for name in ("days", "event", "needs")]
    return DayCounts(part.astype(np.int64), unit.astype(np.int64), *columns)
