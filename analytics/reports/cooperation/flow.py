"""The flow of hand-overs: the largest streams from keeping offices to receiving bodies.

Made of the matrix as it may be shown and of nothing else, so that the picture tells no pair that
the matrix hides: neither as a stream nor in what is gathered.
"""

from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, NeedFilter
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, internal, readable
from analytics.reports.cooperation import words
from analytics.reports.cooperation.handovers import BODY, OFFICE, asked_pairs, basis_of
from analytics.reports.cooperation.matrix import measured

REST: Final = "rest"
"""Code of what is gathered on either side."""

_OFFICES: Final = 3
_BODIES: Final = 4
"""Of either side, those with most needs stand by themselves: with the rest at most 20 streams."""


@figure("handover_flow", "cooperation", takes.HANDOVERS, "handover_flow")
def handover_flow(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the largest streams of hand-overs, all others gathered.

    One row a stream, the largest office first: ``key`` (the office), ``code`` (the body),
    ``office, body, value, share, status``; ``rest`` stands for all others of its side.

    Raises:
        RefusedError: If nobody who counts delivers the receiving body.
    """
    needs = asked_pairs(store, need_filter, w)
    frame, notes, queries = measured(store, needs, "needs", w)
    pairs = words.labelled(frame, w)
    shown = pairs[(pairs["status"] == Status.SHOWN) & (pairs["value"] > 0)]
    links = gathered(shown)
    links = links.assign(
        office=[_name(OFFICE, code, w) for code in links["key"]],
        body=[_name(BODY, code, w) for code in links["code"]],
        share=links["value"] / links["value"].sum() if len(links) else [],
        status=Status.SHOWN.value,
    )
    hidden = int((pairs["status"] == Status.SUPPRESSED).sum())
    left_out = (w("cooperation.note_hidden", count=w.number(hidden)),) if hidden else ()
    return basis_of(store, needs, w, (*notes, w("cooperation.note_flow"), *left_out)).exhibit(
        "handover_flow",
        *_finding(links, shown, w),
        (
            *readable(w, office="dimension.provider", body="dimension.receiving_body"),
            Column("value", w("cooperation.measure_needs"), "count"),
            Column("share", w("cooperation.share_of_shown"), "share", 1),
            *internal(w, key="indicator.key", code="indicator.key", status="indicator.status"),
        ),
        links,
        queries=queries,
        measure=w("cooperation.measure_needs"),
    )


def gathered(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return ``key, code, value`` of the streams, each side in the order of its size, rest last.

    Args:
        pairs: ``key, code, value`` of the pairs that are shown.
    """
    streams = pairs[["key", "code", "value"]].astype({"value": float})
    for side, most in (("key", _OFFICES), ("code", _BODIES)):
        sizes = streams.groupby(side)["value"].sum().drop(UNKNOWN, errors="ignore")
        large = set(sorted(sizes.index, key=lambda code: -float(sizes[code]))[:most])
        streams[side] = [code if code in large else REST for code in streams[side]]
    links = streams.groupby(["key", "code"], as_index=False)[["value"]].sum()
    places = {side: _places(links, side) for side in ("key", "code")}
    return links.sort_values(
        ["key", "code"], key=lambda codes: codes.map(places[str(codes.name)]), ignore_index=True
    )


def _places(links: pd.DataFrame, side: str) -> dict[str, tuple[bool, float, str]]:
    """Return what the codes of a side are sorted by: size, with what is gathered last."""
    sizes = links.groupby(side)["value"].sum()
    return {str(code): (code == REST, -float(size), str(code)) for code, size in sizes.items()}


def _name(field: str, code: str, w: Words) -> str:
    return w(f"cooperation.rest_{field}") if code == REST else label(field, code, w)


def _finding(links: pd.DataFrame, shown: pd.DataFrame, w: Words) -> tuple[str, str]:
    if links.empty:
        name = w("cooperation.name_needs")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    named = links[(links["key"] != REST) & (links["code"] != REST)]
    largest = (named if len(named) else links).nlargest(1, "value").iloc[0]
    texts = {
        "office": largest["office"],
        "body": largest["body"],
        "share": w.percent(largest["share"]),
        "needs": w.number(largest["value"]),
        "all": w.number(links["value"].sum()),
        "links": w.number(len(links)),
        "pairs": w.number(len(shown)),
    }
    return w("cooperation.flow_title", **texts), w("cooperation.flow_sentence", **texts)
