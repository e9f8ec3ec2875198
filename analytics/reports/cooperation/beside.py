"""The same hand-overs of two choices side by side: both groups, or before and during the programme.

Both sides are protected as the matrix is, and a pair stands here only where both may be shown: what
is hidden on one side cannot be told from the other and from both together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.disclosure import ColumnKind
from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, NeedFilter
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import Takes, figure
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.making import Column, Exhibit, internal, readable
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.cooperation import words
from analytics.reports.cooperation.handovers import APART, asked_pairs, basis_of
from analytics.reports.cooperation.matrix import CLOCKS, MEASURES, measured
from analytics.reports.cooperation.pair_gaps import Gaps, gaps_of_pairs
from analytics.reports.indicators.assignment import unassigned_note

COMPARED: Final = tuple(measure for measure in MEASURES if measure != "needs")
"""Measures that have an interval: of a number of needs nothing says how far chance goes."""

_MOST: Final = 12
"""Pairs side by side, those with most hand-overs."""
_SIDES: Final = ("", "other_")
_LABELS: Final = {"low": "indicator.low", "high": "indicator.high", "n": "indicator.n"}
_FIGURES: Final = ("value", *_LABELS)

_WITHOUT_GROUP: Final = Takes(
    tuple(each for each in takes.HANDOVERS.heeds if each != "group"), takes.HANDOVERS.read
)
_WITHOUT_MONTHS: Final = Takes(
    tuple(each for each in takes.HANDOVERS.heeds if each != "period"), takes.HANDOVERS.read
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two choices: its code, which has a colour, its name, and its needs."""

    code: str
    name: str
    needs: NeedFilter


@dataclass(frozen=True, slots=True)
class Sides:
    """Two choices that are held beside each other.

    Attributes:
        against: What tells them apart: ``group``, ``years``, ``ring`` or ``state``.
        first, second: Both.
        between: What they are called together in a title.
        whole: Needs that subtitle and source tell.
        span: Both times, where these are what is compared.
        notes: What is to be known of this comparison.
    """

    against: str
    first: Side
    second: Side
    between: str
    whole: NeedFilter
    span: str | None = None
    notes: tuple[str, ...] = ()


@figure("handovers_beside_group", "cooperation", _WITHOUT_GROUP, "beside", each=COMPARED)
def groups_beside(store: ParquetStore, measure: str, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the most frequent hand-overs of model municipalities beside those of the comparison.

    Raises:
        RefusedError: As the matrix of either.
    """
    sides = [
        Side(group, w.label("group", group), need_filter.but(group=(group,)))
        for group in (Group.MODEL, Group.COMPARISON)
    ]
    both = Sides("group", sides[0], sides[1], w("beside.between_group"), need_filter.but(group=()))
    return beside(store, both, measure, w)


@figure("handovers_beside_years", "cooperation", _WITHOUT_MONTHS, "beside", each=COMPARED)
def years_beside(store: ParquetStore, measure: str, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the most frequent hand-overs of the programme's years beside those before it.

    Raises:
        RefusedError: As the matrix of either.
    """
    during, before = (
        Side(code, period_text(years, w), replace(need_filter, period=years))
        for code, years in (("during", PROGRAMME), ("before", BEFORE_PROGRAMME))
    )
    span = w("beside.against", first=during.name, second=before.name)
    sides = Sides("years", during, before, w("beside.between_years"), during.needs, span)
    return beside(store, sides, measure, w)


def beside(store: ParquetStore, sides: Sides, measure: str, w: Words) -> Exhibit:
    """Return one measure of the same pairs on both sides, those with most hand-overs first.

    One row a pair: ``key, label``, ``value, low, high, n`` of the first side, ``other_…`` of the
    second, ``gap, gap_low, gap_high`` (first minus second; the interval holds for all pairs),
    ``side`` (1 above, -1 below, 0 not to be told apart), ``told``, the codes of both sides as
    ``first, second``, ``status``.

    Raises:
        RefusedError: If one of both has no hand-overs or does not deliver what it takes.
    """
    needs, asked = [], []
    for each in (sides.first, sides.second):
        needs.append(asked_pairs(store, each.needs, w))
        try:
            asked.append(measured(store, needs[-1], measure, w))
        except RefusedError as refused:
            reason = w("beside.of_side", side=each.name, what=refused.reason)
            raise RefusedError(reason) from refused
    frames = _both_shown(asked[0][0], asked[1][0])
    gaps, more = gaps_of_pairs(store, measure, (needs[0], needs[1]), frames)
    frame = _rows(frames, gaps, sides, w)
    left_out, counted = _left_out(store, sides, needs[1], w)
    told = (
        *sides.notes,
        *([w("beside.note_level", count=w.number(len(gaps)))] if gaps else []),
        w("beside.note_both"),
        *dict.fromkeys(note for _, found, _ in asked for note in found),
        w(f"cooperation.note_{measure}"),
        *left_out,
    )
    return basis_of(store, asked_pairs(store, sides.whole, w), w, told).exhibit(
        f"handovers_beside_{sides.against}_{measure}",
        *_finding(frame, measure, sides, w),
        _columns(measure, sides, w),
        frame,
        queries=_once((*asked[0][2], *asked[1][2], *more, *counted)),
        measure=w(f"cooperation.measure_{measure}"),
        span=sides.span,
    )


def _left_out(
    store: ParquetStore, sides: Sides, second: NeedFilter, w: Words
) -> tuple[tuple[str, ...], tuple[ExecutedQuery, ...]]:
    """Return who is left out in the second side's years; the basis tells it of the first side's."""
    if sides.span is None or not second.assigned:
        return (), ()
    note, query = unassigned_note(store, second, w)
    return (w("beside.of_side", side=sides.second.name, what=note),), (query,)


def _once(queries: Sequence[ExecutedQuery]) -> tuple[ExecutedQuery, ...]:
    return tuple({query.text: query for query in queries}.values())


def _both_shown(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of pairs that both sides show, those with most hand-overs first."""
    shown = [
        frame[(frame["status"] == Status.SHOWN) & ~frame["key"].str.contains(UNKNOWN)].set_index(
            "key", drop=False
        )
        for frame in (first, second)
    ]
    sizes = shown[0]["n"] + shown[1]["n"]  # of pairs that only one has it is missing
    most = sizes.dropna().sort_values(ascending=False, kind="stable").index[:_MOST]
    return shown[0].loc[most], shown[1].loc[most]


def _rows(
    frames: tuple[pd.DataFrame, pd.DataFrame], gaps: Gaps, sides: Sides, w: Words
) -> pd.DataFrame:
    keys = frames[0]["key"].tolist()
    columns: dict[str, Any] = {"key": keys}
    pairs = (key.split(APART) for key in keys)
    columns["label"] = [words.pair_name(office, body, w) for office, body in pairs]
    for prefix, frame in zip(_SIDES, frames, strict=True):
        columns |= {f"{prefix}{name}": frame[name].to_numpy(np.float64) for name in _FIGURES}
    found = [gaps.get(key) for key in keys]
    columns["gap"] = [gap.estimate if gap else np.nan for gap in found]
    columns["gap_low"] = [gap.low if gap else np.nan for gap in found]
    columns["gap_high"] = [gap.high if gap else np.nan for gap in found]
    clear = [gap is not None and gap.excludes_zero for gap in found]
    signs = np.sign(np.nan_to_num(np.asarray(columns["gap"], dtype=np.float64)))
    columns["side"] = np.where(clear, signs, 0).astype(int)
    columns["told"] = [
        _told(int(side), sides, w) if gap else w("beside.no_interval")
        for side, gap in zip(columns["side"], found, strict=True)
    ]
    codes = {"first": str(sides.first.code), "second": str(sides.second.code)}
    return pd.DataFrame(columns | codes | {"status": Status.SHOWN.value})


def _told(side: int, sides: Sides, w: Words) -> str:
    if side == 0:
        return w("beside.same")
    return w("beside.higher" if side > 0 else "beside.lower", name=sides.first.name)


def _columns(measure: str, sides: Sides, w: Words) -> list[Column]:
    form = words.form_of(measure)
    columns = readable(w, label="cooperation.handover")
    for prefix, side in zip(_SIDES, (sides.first, sides.second), strict=True):
        columns.append(Column(f"{prefix}value", side.name, form.kind, form.digits))
        columns += [
            Column(
                f"{prefix}{name}",
                w("beside.of_side", what=w(label), side=side.name),
                "count" if name == "n" else form.kind,
                0 if name == "n" else form.digits,
            )
            for name, label in _LABELS.items()
        ]
    kind = gap_form(measure).kind
    columns += readable(
        w, kind, 1, gap="beside.gap", gap_low="beside.gap_low", gap_high="beside.gap_high"
    )
    columns += readable(w, told="beside.told")
    key = {"key": "indicator.key", "first": "indicator.key", "second": "indicator.key"}
    return [*columns, *internal(w, **key, side="beside.told", status="indicator.status")]


def gap_form(measure: str) -> Format:
    """Return how a difference of a measure is written."""
    kind: ColumnKind = "days_change" if measure in CLOCKS else "points"
    return Format(kind, 1)


def _finding(frame: pd.DataFrame, measure: str, sides: Sides, w: Words) -> tuple[str, str]:
    name = w(f"cooperation.name_{measure}")
    if frame.empty:
        return w("cooperation.title_none", name=name), w("beside.sentence_none")
    clear = frame[frame["side"] != 0]
    texts = {
        "name": name,
        "between": sides.between,
        "count": w.number(len(clear)),
        "all": w.number(len(frame)),
        "others": w.number(len(frame) - len(clear)),
    }
    if clear.empty:
        return w("beside.title_same", **texts), w("beside.sentence_same", **texts)
    beyond = np.maximum(clear["gap_low"].to_numpy(), -clear["gap_high"].to_numpy())
    row = clear.iloc[int(beyond.argmax())]
    form = gap_form(measure).excluding(row["gap_low"], row["gap_high"], w)
    other = row.rename({f"other_{each}": each for each in _FIGURES} | {e: "" for e in _FIGURES})
    texts |= {
        "pair": row["label"],
        "first": sides.first.name,
        "second": sides.second.name,
        "first_text": words.row_text(row, measure, w),
        "second_text": words.row_text(other, measure, w),
        "gap": form.text(row["gap"], w),
        "range": form.range(row["gap_low"], row["gap_high"], w),
    }
    return w("beside.title_clear", **texts), w("beside.sentence_clear", **texts)
