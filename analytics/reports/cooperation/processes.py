"""What runs between bodies, as far as districts deliver it: tables of version 2 of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import Indicator, catalogue
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.delivered import delivered
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import estimate_text, format_of, value_text
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.basis.origins import counted_districts
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import optional_table

OF_VERSION_2: Final = tuple(name for name, one in catalogue().items() if optional_table(one))
"""Indicators that need a table which not everybody delivers, in the catalogue's order."""

_GROUPS: Final = (Group.MODEL.value, Group.COMPARISON.value)
_STATE: Final = ""
_NOTHING: Final = Estimate(None, None, None, None, Status.NO_DATA)
_HIDDEN: Final = Estimate(None, None, None, None, Status.SUPPRESSED)
_NUMBERS: Final = ("value", "low", "high", "n")


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """An indicator with both sides that it is shown of, and who delivers it.

    Attributes:
        chosen: The indicator.
        sides: What is known of each side.
        senders: Districts that deliver what it takes.
        sent: Sides that any of them belongs to: without, a figure counts nothing, not zero.
        queries: What was asked.
    """

    chosen: Indicator
    sides: Mapping[str, Estimate]
    senders: frozenset[str]
    sent: frozenset[str]
    queries: tuple[ExecutedQuery, ...]


@figure("process_table", "cooperation", takes.PROCESSES)
def process_table(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the indicators of version 2: of both groups, or of one district beside the state.

    Rows ``key`` (indicator), ``label, first_text, second_text, delivered`` (districts), and as
    numbers in the indicator's unit ``first_value, first_low, first_high, first_n``, and likewise
    ``second_…``.

    Args:
        store: The snapshot.
        need_filter: Its months and districts count; it must choose nothing else.
        w: Language.

    Raises:
        RefusedError: If no district delivers any of it: that is not zero.
    """
    sides = _sides(need_filter)
    rows = [_row(store, catalogue()[name], need_filter, sides, w) for name in OF_VERSION_2]
    if not any(row.senders for row in rows):
        raise RefusedError(w("process.nothing_delivered"))
    frame = pd.DataFrame([_told(row, sides, w) for row in rows])
    senders = frozenset().union(*(row.senders for row in rows))
    tables = tuple(dict.fromkeys(table for row in rows for table in row.chosen.tables))
    held = [name for name in tables if name in store.manifest.tables]
    queries = {query.text: query for row in rows for query in row.queries}
    texts = {"count": w.number(len(senders)), "all": w.number(len(registry().districts))}
    labels = [_side_label(side, w) for side in sides]
    return based_on(store, held, w, needs=need_filter).exhibit(
        "process_table",
        w("process.title_one" if len(senders) == 1 else "process.title", **texts),
        w("process.sentence_groups")
        if sides == _GROUPS
        else w("process.sentence_district", district=labels[0]),
        [
            *readable(w, label="ui.indicator"),
            Column("first_text", labels[0]),
            Column("second_text", labels[1]),
            Column("delivered", w("process.delivered"), "number"),
            *(
                Column(f"{side}_{name}", w(f"process.{side}_{name}"), "number", 6, internal=True)
                for side in ("first", "second")
                for name in _NUMBERS
            ),
            *internal(w, key="indicator.key"),
        ],
        frame,
        indicators=OF_VERSION_2,
        notes=(w("process.note_not_zero"), w("process.note_alone")),
        queries=tuple(queries.values()),
        measure=w("process.measure"),
    )


def _sides(need_filter: NeedFilter) -> tuple[str, str]:
    """Return what the two columns are of: a district and the state, or both groups."""
    districts = need_filter["district"]
    if len(districts) == 1:
        return districts[0], _STATE
    return _GROUPS


def _side_label(side: str, w: Words) -> str:
    if side in _GROUPS:
        return w.label("group", side)
    return w("dimension.state") if side == _STATE else registry().district(side).name


def _row(
    store: ParquetStore,
    chosen: Indicator,
    need_filter: NeedFilter,
    sides: tuple[str, str],
    w: Words,
) -> _Row:
    table = optional_table(chosen)
    assert table is not None
    senders = frozenset(area[:5] for area in delivered(store, table))
    if not senders:
        return _Row(chosen, {}, senders, frozenset(), ())
    everywhere = need_filter.but(district=())
    asked = (
        (("group", need_filter),)
        if sides == _GROUPS
        else (("district", everywhere), ("state", everywhere))
    )
    found: dict[str, Estimate] = {}
    queries: tuple[ExecutedQuery, ...] = ()
    for by, needs in asked:
        try:
            exhibit = indicator_values(store, chosen.id, by, needs, w)
        except RefusedError:  # too few people of one of several districts: of this indicator alone
            found |= dict.fromkeys(sides, _HIDDEN)
            continue
        rows = exhibit.table.frame.to_dict("records")
        found |= {str(row["key"]): row_estimate(pd.Series(row)) for row in rows}
        queries = (*queries, *exhibit.queries)
    sent = frozenset(side for side in sides if senders & _districts_of(side, need_filter))
    return _Row(chosen, found, senders, sent, queries)


def _told(row: _Row, sides: tuple[str, str], w: Words) -> dict[str, object]:
    found = [row.sides.get(side, _NOTHING) if side in row.sent else _NOTHING for side in sides]
    texts = [_text(row, side, each, w) for side, each in zip(sides, found, strict=True)]
    numbers = {
        f"{name}_{part}": getattr(each, part)
        for name, each in zip(("first", "second"), found, strict=True)
        for part in _NUMBERS
    }
    return {
        "key": row.chosen.id,
        "label": row.chosen.name[w.language],
        "first_text": texts[0],
        "second_text": texts[1],
        "delivered": len(row.senders),
        **numbers,
    }


def _text(row: _Row, side: str, estimate: Estimate, w: Words) -> str:
    """Return the estimate in words; what was never sent is told apart from what was not found."""
    if side not in row.sent:
        return w("process.not_delivered")
    limits = format_of(row.chosen).range(estimate.low, estimate.high, w)
    if estimate.status is not Status.SHOWN or not limits or estimate.units == 1:
        return estimate_text(row.chosen, estimate, w)
    # The subtitle says what the brackets hold: the same words in each cell would fill the table.
    value = value_text(row.chosen, estimate.value, w)
    return f"{value} ({limits}); {w('estimate.n', n=w.number(estimate.n))}"


def _districts_of(side: str, need_filter: NeedFilter) -> frozenset[str]:
    """Return the districts whose rows a side counts."""
    if side in _GROUPS:
        return frozenset(counted_districts(need_filter.but(group=(side,))))
    everywhere = (district.ags for district in registry().districts)
    return frozenset(everywhere if side == _STATE else (side,))


def of_districts(need_filter: NeedFilter) -> NeedFilter:
    """Return the filter without what processes do not know: all but months and districts."""
    return NeedFilter(need_filter.period, only(district=need_filter["district"]))
