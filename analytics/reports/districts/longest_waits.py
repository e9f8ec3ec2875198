"""A district's hand-overs with the longest waits, each beside the same hand-over in its ring."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, only
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit, based_on, readable
from analytics.reports.basis.refusal import RefusedError, refusals
from analytics.reports.cooperation.handovers import asked_pairs
from analytics.reports.cooperation.waits import (
    brief_text,
    has_least,
    least_text,
    wait_columns,
    waits_by_pair,
)
from analytics.reports.districts.ring import ring_of, selection

LONGEST: Final = 5
"""Hand-overs of a district that the page shows."""
IN_WORDS: Final = 3
"""As many its profile and its report name: five with their intervals were a wall of text."""


@dataclass(frozen=True, slots=True, eq=False)
class Longest:
    """The hand-overs of a district with the longest waits.

    Attributes:
        rows: Two rows a hand-over, ``own`` before ``peers``: ``section`` its name, ``key``,
            ``label``, ``value, low, high, n, status``.
        notes: On what is not delivered.
        queries: What was asked.
    """

    rows: pd.DataFrame
    notes: tuple[str, ...]
    queries: tuple[ExecutedQuery, ...]


@figure("district_handovers", "cooperation", takes.DISTRICT, "waits")
def longest_handovers(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return the five hand-overs of a district with the longest waits, and those of its ring.

    Raises:
        RefusedError: If the district does not deliver receiving bodies or starts.
    """
    found = longest(store, choice, w)
    needs = NeedFilter(choice.period, only(district=(choice.district,)))
    ring = ring_of(store, choice)
    return based_on(
        store,
        ("cases", "referrals"),
        w,
        needs=needs,
        choice=selection(ring, choice.period),
        notes=(*found.notes, w("cooperation.note_to_start"), w("cooperation.note_ring")),
    ).exhibit(
        f"district_handovers_{choice.district}",
        *_finding(found.rows, choice, w),
        [
            *readable(w, section="cooperation.handover", label="dimension.district"),
            *wait_columns(found.rows, w)[1:],
        ],
        found.rows,
        queries=found.queries,
        measure=w("cooperation.measure_to_start"),
    )


def longest(store: ParquetStore, choice: DistrictChoice, w: Words, count: int = LONGEST) -> Longest:
    """Return the ``count`` hand-overs with the longest waits, for page, profile, PDF and slide."""
    own_needs = NeedFilter(choice.period, only(district=(choice.district,)))
    own, notes, queries = waits_by_pair(store, asked_pairs(store, own_needs, w), w)
    own = own.head(count).assign(role="own")
    members = ring_of(store, choice).members
    peers = own.iloc[:0]
    if members:
        around = NeedFilter(choice.period, only(district=members))
        try:
            peers, _, asked = waits_by_pair(store, asked_pairs(store, around, w), w)
            queries = (*queries, *asked)
        except RefusedError as refused:
            notes = (*notes, refused.reason)
    beside = peers.set_index("key").reindex(own["key"]).reset_index().assign(role="peers")
    beside["status"] = beside["status"].fillna(Status.NO_DATA.value)
    names = dict(zip(own["key"], own["label"], strict=True))
    rows = pd.concat([own, beside], ignore_index=True)
    place = {key: at for at, key in enumerate(own["key"])}
    rows = rows.sort_values("key", key=lambda keys: keys.map(place), kind="stable")
    rows = rows.assign(
        section=rows["key"].map(names),
        pair=rows["key"],
        key=rows["role"],
        label=[_who(role, choice, w) for role in rows["role"]],
    )
    return Longest(rows.reset_index(drop=True), notes, queries)


def _who(role: str, choice: DistrictChoice, w: Words) -> str:
    return registry().district(choice.district).name if role == "own" else w("cooperation.ring")


def _finding(rows: pd.DataFrame, choice: DistrictChoice, w: Words) -> tuple[str, str]:
    area = registry().district(choice.district).full_name
    if rows.empty:
        name = w("cooperation.name_to_start")
        return w("cooperation.title_none", name=name), w("cooperation.sentence_none")
    first = rows.iloc[0]
    told = {"district": area, "pair": first["section"], "least": least_text(first, w)}
    parts = "; ".join(_parts(rows, w))
    named = "cooperation.longest_title" if has_least(first) else "cooperation.longest_title_open"
    title = w(named, **told)
    return title, w("cooperation.longest_sentence", district=area, parts=parts)


def longest_in_words(store: ParquetStore, choice: DistrictChoice, w: Words) -> str:
    """Return the hand-overs that wait longest, beside the ring; empty where none is known."""
    try:
        with refusals(w):
            rows = longest(store, choice, w, count=IN_WORDS).rows
    except RefusedError:
        return ""
    parts = "; ".join(_parts(rows, w))
    return w("cooperation.longest_few", parts=parts) if parts else ""


def _parts(rows: pd.DataFrame, w: Words) -> list[str]:
    """Return each hand-over with the district's wait and the ring's."""
    return [
        w(
            "cooperation.longest_part",
            pair=own["section"],
            own=brief_text(own, w),
            ring=brief_text(other, w),
        )
        for own, other in zip(
            (row for _, row in rows[rows["key"] == "own"].iterrows()),
            (row for _, row in rows[rows["key"] == "peers"].iterrows()),
            strict=True,
        )
    ]
