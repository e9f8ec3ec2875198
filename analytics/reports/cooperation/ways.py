"""The way of a case: to how many bodies, in which order, with which waits, and where it loops."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import release_counts
from analytics.disclosure.small_counts import is_ambiguous
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, estimated, internal, readable
from analytics.reports.cooperation.estimates import FIGURES
from analytics.reports.cooperation.handovers import BODY, basis_of
from analytics.reports.cooperation.way_counts import (
    MANY,
    Ways,
    asked_ways,
    gap_medians,
    loop_shares,
    missing_notes,
    refuse_without_ways,
    sequence_shares,
    way_shares,
)
from analytics.reports.indicators.estimation import proportion_estimates
from analytics.reports.indicators.group_comparison import units_column

_USUAL: Final = 10
"""Ways in the picture."""
_STEPS: Final = ("2", "3", "4", "5")


@figure("way_bodies", "cooperation", takes.HANDOVERS, "dots")
def way_bodies(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the shares of cases by how many kinds of bodies they were handed over to.

    Rows ``key`` (1 to 5, five and more together; ``many`` for three and more), ``label, value,
    low, high, n, status``; ``n`` is all cases whose way is known.
    """
    needs = asked_ways(store, need_filter, w)
    found = way_shares(store, needs, w)
    frame = _shares(found)
    parts = frame["key"] != "many"
    frame = _without_totals(frame, parts, found)
    frame["label"] = [w(f"cooperation.bodies_{key}") for key in frame["key"]]
    return _basis(store, needs, w).exhibit(
        "way_bodies",
        *_bodies_finding(frame, w),
        _share_columns(
            "cooperation.bodies", "cooperation.share_of_cases", "cooperation.all_cases", frame, w
        ),
        frame,
        queries=(found.query,),
        measure=w("cooperation.measure_bodies"),
    )


@figure("way_sequences", "cooperation", takes.HANDOVERS, "dots")
def way_sequences(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the most frequent ways: bodies of the first five hand-overs, days between them.

    Rows ``key`` (codes of the bodies), ``label, value`` (share of all cases), ``low, high, n,
    cases, loops, days_2`` to ``days_5`` (median days since the hand-over before), ``status``.
    """
    needs = asked_ways(store, need_filter, w)
    refuse_without_ways(store, needs, w)
    found = sequence_shares(store, needs, _USUAL)
    frame = _shares(found)
    cases = found.counts.groupby("key")["events"].sum()
    frame = frame[frame["status"] == Status.SHOWN].sort_values(
        "value", ascending=False, kind="stable", ignore_index=True
    )
    frame = frame.assign(
        cases=frame["key"].map(cases).astype(float),
        label=[_way_name(key, w) for key in frame["key"]],
        loops=[w("cooperation.loops" if _is_loop(key) else "cooperation.no_loop")
               for key in frame["key"]],
    )  # fmt: skip
    gaps, queries = gap_medians(store, needs, list(frame["key"]))
    days = gaps.pivot_table(index="key", columns="step", values="value", dropna=False)
    for step in _STEPS:
        known = days[step] if step in days else pd.Series(dtype=float)
        frame[f"days_{step}"] = frame["key"].map(known).astype(float)
    return _basis(store, needs, w, w("cooperation.note_sequences")).exhibit(
        "way_sequences",
        *_sequences_finding(frame, w),
        [
            *readable(w, label="cooperation.way"),
            *estimated(w("cooperation.share_of_cases"), "share", 1, w),
            Column("cases", w("cooperation.cases"), "count"),
            *readable(w, loops="cooperation.loop"),
            *readable(
                w, "days", 0, **{f"days_{step}": f"cooperation.days_{step}" for step in _STEPS}
            ),
            Column("n", w("cooperation.all_cases"), "count"),
            *internal(w, key="indicator.key", status="indicator.status"),
        ],
        frame,
        queries=(found.query, *queries),
        measure=w("cooperation.measure_sequences"),
    )


@figure("way_steps", "cooperation", takes.HANDOVERS, "dots")
def way_steps(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the median days from one hand-over of a case to the next, by step."""
    needs = asked_ways(store, need_filter, w)
    refuse_without_ways(store, needs, w)
    frame, queries = gap_medians(store, needs)
    frame = frame.assign(
        key=frame["step"], label=[w(f"cooperation.step_{s}") for s in frame["step"]]
    )
    return _basis(store, needs, w, w("cooperation.note_steps")).exhibit(
        "way_steps",
        *_steps_finding(frame, w),
        [
            *readable(w, label="cooperation.step"),
            *estimated(w("cooperation.measure_steps"), "days", 0, w),
            Column("n", w("cooperation.cases"), "count"),
            *internal(w, key="indicator.key", status="indicator.status"),
        ],
        frame,
        queries=queries,
        measure=w("cooperation.measure_steps"),
    )


@figure("way_loops", "cooperation", takes.HANDOVERS, "dots")
def way_loops(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return by kind of body the share of cases whose way leads there more than once."""
    needs = asked_ways(store, need_filter, w)
    refuse_without_ways(store, needs, w)
    found = loop_shares(store, needs)
    frame = dimensions.in_order(BODY, _shares(found))
    frame["label"] = [label(BODY, key, w) for key in frame["key"]]
    return _basis(store, needs, w, w("cooperation.note_loops")).exhibit(
        "way_loops",
        *_loops_finding(frame, w),
        _share_columns(
            "dimension.receiving_body",
            "cooperation.share_again",
            "cooperation.cases_there",
            frame,
            w,
        ),
        frame,
        queries=(found.query,),
        measure=w("cooperation.measure_loops"),
    )


def _basis(store: ParquetStore, needs: NeedFilter, w: Words, *notes: str) -> Basis:
    """Return the basis of figures of ways, with who is missing in them."""
    return basis_of(
        store, needs, w, (*missing_notes(store, needs, w), w("cooperation.note_way"), *notes)
    )


def _shares(found: Ways) -> pd.DataFrame:
    counts = found.counts
    if (counts["unit"] == "").all():
        counts = counts.drop(columns="unit")
    return proportion_estimates(counts)


def _without_totals(frame: pd.DataFrame, parts: "pd.Series[bool]", found: Ways) -> pd.DataFrame:
    """Return the frame without what the share of many bodies would tell of its parts."""
    cases = found.counts.groupby("key")["events"].sum().reindex(frame["key"]).to_numpy(np.int64)
    kept = parts.to_numpy()
    groups = ["many" if key in MANY else "few" for key in frame.loc[kept, "key"]]
    shown = np.ones(len(frame), dtype=np.bool_)
    hidden = (frame.loc[kept, "status"] != Status.SHOWN).to_numpy()
    shown[kept] = release_counts(cases[kept], hidden=hidden, groups=groups)
    if hidden.any() and not is_ambiguous(cases[kept][~shown[kept]]):
        shown[~kept] = False
    frame.loc[~shown, list(FIGURES)] = np.nan
    frame.loc[~shown, "status"] = Status.SUPPRESSED.value
    return frame


def _share_columns(
    name: str, value: str, cases: str, frame: pd.DataFrame, w: Words
) -> list[Column]:
    return [
        *readable(w, label=name),
        *estimated(w(value), "share", 1, w),
        Column("n", w(cases), "count"),
        *([units_column(w)] if "units" in frame else []),
        *internal(w, key="indicator.key", status="indicator.status"),
    ]


def _way_name(key: str, w: Words) -> str:
    return " → ".join(label(BODY, code, w) for code in key.split(">"))


def _is_loop(key: str) -> bool:
    """Say whether a way leads to a kind of body more than once."""
    codes = key.split(">")
    return len(set(codes)) < len(codes)


def _share_text(row: "pd.Series[float]", w: Words) -> str:
    limits = w("estimate.interval", range=_range(row, w)) if not pd.isna(row["low"]) else ""
    n = w("estimate.n", n=w.number(row["n"])) if not pd.isna(row["n"]) else ""
    told = "; ".join(filter(None, (limits, n)))
    return f"{w.percent(row['value'], 1)} ({told})" if told else w.percent(row["value"], 1)


def _range(row: "pd.Series[float]", w: Words) -> str:
    low, high = w.percent(row["low"], 1), w.percent(row["high"], 1)
    return w("estimate.from_to", low=low, high=high)


def _bodies_finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    many = frame[(frame["key"] == "many") & (frame["status"] == Status.SHOWN)]
    if many.empty:
        name = w("cooperation.name_ways")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    row = many.iloc[0]
    title = w("cooperation.bodies_title", share=w.percent(row["value"]))
    return title, w("cooperation.bodies_sentence", share=_share_text(row, w))


def _sequences_finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    if frame.empty:
        name = w("cooperation.name_ways")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    first = frame.iloc[0]
    together = w.percent(frame["value"].sum())
    texts = {"way": first["label"], "share": _share_text(first, w), "count": w.number(len(frame))}
    title = w(
        "cooperation.sequences_title" if len(frame) > 1 else "cooperation.sequences_title_one",
        count=w.number(len(frame)),
        share=together,
    )
    return title, w("cooperation.sequences_sentence", together=together, **texts)


def _steps_finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        name = w("cooperation.name_ways")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    first = shown.iloc[0]
    parts = [
        w(
            "cooperation.steps_part",
            step=row["label"],
            days=w.days(row["value"]),
            n=w.number(row["n"]),
        )
        for _, row in shown.iterrows()
    ]
    title = w("cooperation.steps_title", days=w.days(first["value"]), step=first["label"])
    return title, w("cooperation.steps_sentence", parts="; ".join(parts))


def _loops_finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        name = w("cooperation.name_loops")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    if not shown["value"].any():
        return w("cooperation.loops_title_never"), w("cooperation.loops_sentence_never")
    most = shown.iloc[int(shown["value"].argmax())]
    texts = {"body": most["label"], "share": _share_text(most, w)}
    title = w("cooperation.loops_title", body=most["label"], share=w.percent(most["value"]))
    return title, w("cooperation.loops_sentence", **texts)
