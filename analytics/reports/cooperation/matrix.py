"""The matrix of hand-overs: keeping office by receiving body, in one of six measures."""

from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, estimated, internal, readable
from analytics.reports.cooperation import words
from analytics.reports.cooperation.estimates import (
    count_estimates,
    median_estimates,
    share_estimates,
)
from analytics.reports.cooperation.handovers import (
    BINDING,
    asked_pairs,
    basis_of,
    pair_counts,
    pair_days,
)
from analytics.reports.cooperation.missing import (
    REFERRED,
    not_delivered_note,
    of_known_body,
    refuse_missing,
    refuse_not_delivered,
    unrecorded_notes,
)
from analytics.reports.indicators.group_comparison import units_column

MEASURES: Final = ("bound", "to_referral", "to_start", "no_place", "returned", "needs")
"""In the order in which they are offered; the first is shown at first."""

CLOCKS: Final = {"to_referral": "referral", "to_start": "start_after_referral"}
_TAKES: Final = {"to_start": ("started_on", "ended_on"), "no_place": ("outcome", "ended_on")}
"""Columns that a sender may say it does not record, beside that of the referral."""

_NAMED: Final = {"bound": (BINDING,)}


@figure("handover_matrix", "cooperation", takes.HANDOVERS, "handover_matrix", each=MEASURES)
def handover_matrix(
    store: ParquetStore, measure: str, need_filter: NeedFilter, w: Words
) -> Exhibit:
    """Return one measure of all hand-overs by keeping office and receiving body.

    One row a pair that there is: ``key`` (the office), ``code`` (the body), ``office, body, value,
    low, high, n, status``, but for counts also ``units``. Bounds are those between units, of a
    single district those between needs.

    Raises:
        RefusedError: If nobody who counts delivers what the measure is made of.
    """
    needs = asked_pairs(store, need_filter, w)
    frame, notes, queries = measured(store, needs, measure, w)
    frame = words.labelled(frame, w)
    form = words.form_of(measure)
    name = w(f"cooperation.measure_{measure}")
    value = [Column("value", name, form.kind, form.digits)]
    columns = [
        *readable(w, office="dimension.provider", body="dimension.receiving_body"),
        *(value if measure == "needs" else estimated(name, form.kind, form.digits, w)),
        *([] if measure == "needs" else [Column("n", w("indicator.n"), "count")]),
        *([units_column(w)] if "units" in frame else []),
        *internal(w, key="indicator.key", code="indicator.key", status="indicator.status"),
    ]
    return basis_of(store, needs, w, (*notes, w(f"cooperation.note_{measure}"))).exhibit(
        f"handover_matrix_{measure}",
        *words.finding(frame, measure, w),
        columns,
        frame,
        indicators=_NAMED.get(measure, ()),
        queries=queries,
        measure=name,
    )


def measured(
    store: ParquetStore, needs: NeedFilter, measure: str, w: Words
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[ExecutedQuery, ...]]:
    """Return the protected figures of a measure by pair, notes on what is missing, and the queries.

    Raises:
        RefusedError: As ``handover_matrix``.
    """
    counts, query = pair_counts(store, needs, "needs")
    if counts.empty:
        refuse_missing(store, needs, (REFERRED,), w("cooperation.nobody"), w)
    refuse_not_delivered(of_known_body(counts), "receiving_body", w)
    takes = _TAKES.get(measure, ())
    notes = (
        *unrecorded_notes(store, needs, (REFERRED, *takes), w),
        *not_delivered_note(counts, of_known_body(counts), "receiving_body", w),
    )
    if measure == "needs":
        return count_estimates(counts), notes, (query,)
    if measure in CLOCKS:
        days = pair_days(store, needs, CLOCKS[measure])
        if days.exact.empty:
            refuse_missing(store, needs, takes, w("cooperation.sentence_none"), w)
        return median_estimates(days), notes, days.queries
    known, query = pair_counts(store, needs, measure)
    if measure == "bound":
        refuse_not_delivered(known, "binding_handover", w)
        notes = (*notes, *not_delivered_note(counts, known, "binding_handover", w))
    elif not known["trials"].sum():
        refuse_missing(store, needs, takes, w("cooperation.too_recent"), w)
    return share_estimates(known), notes, (query,)


def is_shown(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Say which rows have a figure."""
    return frame["status"] == Status.SHOWN
