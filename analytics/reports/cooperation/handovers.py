"""Asking for hand-overs: needs that were referred, by keeping office and receiving body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import told_clock, told_shares
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.making import Basis, based_on
from analytics.reports.basis.origins import counted_districts
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.indicators.assignment import as_asked, unassigned_note
from analytics.reports.indicators.indicator_values import refuse_hidden_areas
from analytics.stats.counts import Ints

OFFICE: Final = "provider"
BODY: Final = "receiving_body"
APART: Final = "|"
"""Between both codes of a pair's key."""

BINDING: Final = "binding_handover_share"
_TABLES: Final = ("cases", "referrals")
_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "needs": ("needs", "needs"),
    "bound": ("bound", "bound_known"),
    "no_place": ("no_place", "no_place_known"),
    "returned": ("returned", "returned_known"),
}
"""What is counted of hand-overs, and of how many it is known."""


@dataclass(frozen=True, slots=True, eq=False)
class PairDays:
    """A clock by pair: ``key, days, event, needs`` of all units, and gathered days by ``unit``.

    ``of_units`` is None where needs are what varies.
    """

    exact: pd.DataFrame
    of_units: pd.DataFrame | None
    noise: float
    queries: tuple[ExecutedQuery, ...]


def asked_pairs(store: ParquetStore, need_filter: NeedFilter, w: Words) -> NeedFilter:
    """Return the needs that figures of pairs count.

    Raises:
        UnreleasedError: In the released edition, beyond two fields of the whole state.
        RefusedError: If areas are chosen whose own figures are hidden.
    """
    needs = as_asked(need_filter, OFFICE)
    refuse_unreleased(store, needs, OFFICE, BODY)
    refuse_hidden_areas(store, indicator(BINDING), needs, w)
    return needs


def is_by_unit(needs: NeedFilter) -> bool:
    """Say whether figures vary between districts and towns: not where a single one is asked for."""
    return len(counted_districts(needs)) != 1


def basis_of(
    store: ParquetStore,
    needs: NeedFilter,
    w: Words,
    notes: tuple[str, ...] = (),
    of_units: str = "cooperation.note_units",
) -> Basis:
    """Return the basis of figures of hand-overs; ``of_units``: message on how units vary."""
    note = w("indicator.unassigned_counted")
    queries: tuple[ExecutedQuery, ...] = ()
    if needs.assigned:
        note, query = unassigned_note(store, needs, w)
        queries = (query,)
    varies = of_units if is_by_unit(needs) else "indicator.note_needs_alike"
    told = (*notes, w("cooperation.note_no_cause"), w(varies), note)
    return based_on(store, _TABLES, w, needs=needs, notes=told, queries=queries)


def pair_counts(
    store: ParquetStore, needs: NeedFilter, part: str
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return ``key, unit, events, trials`` by pair and unit; in the released edition perturbed.

    Args:
        store: The snapshot.
        needs: From ``asked_pairs``.
        part: ``needs``, ``bound``, ``no_place`` or ``returned``; of the first events are trials.
    """
    params = needs.params() | {"split_by_unit": is_by_unit(needs)}
    raw = store.fetch("handover_counts", params)
    events, trials = _PARTS[part]
    counts = pd.DataFrame(
        {
            "key": raw["key"] + APART + raw["series"],
            "series": "",
            "unit": raw["unit"],
            "events": raw[events],
            "trials": raw[trials],
            "events_key": raw[f"{events}_key"],
            "trials_key": raw[f"{trials}_key"],
        }
    )
    told = told_shares(counts, store.release)
    return told.drop(columns="series", errors="ignore"), store.executed("handover_counts", params)


def pair_days(store: ParquetStore, needs: NeedFilter, clock: str) -> PairDays:
    """Return the days of a clock by pair, open ones included.

    Args:
        store: The snapshot.
        needs: From ``asked_pairs``.
        clock: ``referral`` or ``start_after_referral``.
    """
    by_unit, is_released = is_by_unit(needs), store.release is Release.RELEASED
    params = needs.params() | {"clock": clock}
    # Released days by unit add up to those of all units, so one question must give both.
    whole = params | {"split_by_unit": by_unit and is_released, "coarse": False}
    exact = _told(store, whole)
    queries = [store.executed("handover_days", whole)]
    of_units = None
    if by_unit and is_released:
        of_units = exact.assign(days=gathered(exact["days"].to_numpy(np.int64)))
    elif by_unit:
        parted = params | {"split_by_unit": True, "coarse": True}
        of_units = _told(store, parted)
        queries.append(store.executed("handover_days", parted))
    noise = float(exact["noise"].max()) if "noise" in exact and len(exact) else 0.0
    return PairDays(exact, of_units, noise, tuple(queries))


def days_by_unit(
    store: ParquetStore, needs: NeedFilter, clock: str
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return the exact days of a clock by pair and unit: of a few pairs, for how units vary."""
    params = needs.params() | {"clock": clock, "split_by_unit": True, "coarse": False}
    return _told(store, params), store.executed("handover_days", params)


def _told(store: ParquetStore, params: Mapping[str, object]) -> pd.DataFrame:
    raw = store.fetch("handover_days", params)
    keyed = raw.assign(key=raw["key"] + APART + raw["series"], series="")
    return told_clock(keyed, store.release)


def gathered(days: Ints) -> Ints:
    """Return days as the macro ``gathered_days`` does."""
    late = 364 + 91 * ((days - 364 + 90) // 91)
    return np.where(days <= 364, 14 * ((days + 13) // 14), late).astype(np.int64)
