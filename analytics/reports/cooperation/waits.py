"""Waiting per hand-over: from the referral to the start, by pair, open ones included."""

from typing import Any, Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, NeedFilter
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format, reason_text
from analytics.reports.basis.making import Column, Exhibit, estimated, internal, readable
from analytics.reports.cooperation import words
from analytics.reports.cooperation.handovers import asked_pairs, basis_of
from analytics.reports.cooperation.matrix import measured
from analytics.reports.indicators.group_comparison import units_column

WAIT: Final = "to_start"
_MOST: Final = 15
"""Pairs in the picture; the matrix has all of them."""
_KNOWN: Final = (Status.SHOWN.value, Status.NOT_REACHED.value)


@figure("handover_waits", "cooperation", takes.HANDOVERS, "waits")
def handover_waits(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the hand-overs with the longest waits, first that which is certainly longest.

    Rows ``key, label, value, low, high, n, status``: the median days from the referral to the
    start, in the order of their lower limits; a median that is not reached yet has only that.

    Raises:
        RefusedError: If nobody who counts delivers receiving bodies or starts.
    """
    needs = asked_pairs(store, need_filter, w)
    frame, notes, queries = waits_by_pair(store, needs, w)
    rows = frame.head(_MOST)
    return basis_of(
        store, needs, w, (*notes, w("cooperation.note_to_start"), w("cooperation.note_sorted"))
    ).exhibit(
        "handover_waits",
        *_finding(rows, len(frame), w),
        wait_columns(rows, w),
        rows,
        queries=queries,
        measure=w("cooperation.measure_to_start"),
    )


def waits_by_pair(
    store: ParquetStore, needs: NeedFilter, w: Words
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[ExecutedQuery, ...]]:
    """Return all pairs whose wait may be told, those of the highest lower limit first.

    With notes and queries.

    Raises:
        RefusedError: As ``handover_waits``.
    """
    frame, notes, queries = measured(store, needs, WAIT, w)
    pairs = frame["key"].to_numpy()
    frame = words.labelled(frame.assign(pair=pairs), w)
    is_named = (frame["key"] != UNKNOWN) & (frame["code"] != UNKNOWN)
    known = frame[is_named & frame["status"].isin(_KNOWN)]
    # By what is certain of them: of few people any median may lie far out.
    order = known.sort_values(["low", "value"], ascending=False, kind="stable", na_position="last")
    named = [words.pair_name(k, c, w) for k, c in zip(order["key"], order["code"], strict=True)]
    sorted_rows = order.assign(label=named, key=order["pair"])
    return sorted_rows.reset_index(drop=True), notes, queries


def wait_columns(frame: pd.DataFrame, w: Words) -> list[Column]:
    """Return the columns of rows that tell a wait."""
    return [
        *readable(w, label="cooperation.handover"),
        *estimated(w("cooperation.measure_to_start"), "days", 0, w),
        Column("n", w("indicator.n"), "count"),
        *([units_column(w)] if "units" in frame else []),
        *internal(w, key="indicator.key", status="indicator.status"),
    ]


def wait_text(row: "pd.Series[Any]", w: Words) -> str:
    """Return a wait with its interval and n; of a median that is not reached what it exceeds."""
    status = Status(str(row["status"]))
    if status is not Status.SHOWN:
        return reason_text(status, w, low=row["low"], form=Format("days"))
    return words.row_text(row, WAIT, w)


def brief_text(row: "pd.Series[Any]", w: Words) -> str:
    """Return a wait as where many follow each other: ``47 Tage (39 bis 59; n = 115)``."""
    if Status(str(row["status"])) is not Status.SHOWN or pd.isna(row["n"]):
        return wait_text(row, w)
    form = Format("days")
    limits = form.range(row["low"], row["high"], w)
    if not pd.isna(row["low"]) and not pd.isna(row["high"]):
        low, high = form.bare(row["low"], w), form.bare(row["high"], w)
        limits = w("estimate.from_to", low=low, high=high)
    told = "; ".join(filter(None, (limits, w("estimate.n", n=w.number(row["n"])))))
    return f"{form.text(row['value'], w)} ({told})"


def has_least(row: "pd.Series[Any]") -> bool:
    """Say whether a wait has a lower limit that tells anything: any wait lasts 0 days at least."""
    return bool(row["low"] > 0)


def least_text(row: "pd.Series[Any]", w: Words) -> str:
    """Return the lower limit of a wait: what may be said of it."""
    return Format("days").text(0 if pd.isna(row["low"]) else row["low"], w)


def _finding(rows: pd.DataFrame, known: int, w: Words) -> tuple[str, str]:
    if rows.empty:
        name = w("cooperation.name_to_start")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    texts = {
        "pair": rows["label"].iloc[0],
        "least": least_text(rows.iloc[0], w),
        "wait": wait_text(rows.iloc[0], w),
        "shown": w.number(len(rows)),
        "known": w.number(known),
        "last": wait_text(rows.iloc[-1], w),
    }
    title = "cooperation.waits_title" if has_least(rows.iloc[0]) else "cooperation.waits_title_open"
    return w(title, **texts), w("cooperation.waits_sentence", **texts)
