"""The answer to any question: one exhibit, whichever way it was asked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.inquiry import ALIKE, AREAS, WHOLE, Inquiry, Measure
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import format_of
from analytics.reports.basis.making import Column, based_on, estimated, internal, readable
from analytics.reports.basis.refusal import worded
from analytics.reports.basis.selection import period_text
from analytics.reports.exploring.answer_tables import completed, differences, judged, with_quarters
from analytics.reports.exploring.answer_words import (
    change_format,
    notes_of,
    sentence_of,
    title_of,
)
from analytics.reports.exploring.compared import beside_others, between
from analytics.reports.exploring.fairness import fairness_gaps
from analytics.reports.exploring.question_words import code_label, in_words
from analytics.reports.indicators.assignment import as_asked, unassigned_note
from analytics.reports.indicators.indicator_estimates import estimates
from analytics.reports.indicators.indicator_values import (
    indicator_values,
    refuse_hidden_areas,
    refuse_impossible,
)

NAME: Final = "answer"
"""Id of every answer's exhibit; what was asked is its choice."""

_COURSES: Final = (WHOLE, "quarter")
"""Their parts are not held against all others: there is one, or they follow each other."""


@worded
def answer(store: ParquetStore, asked: Inquiry, w: Words) -> Exhibit:
    """Return the answer to a question.

    The table has one row a cell with ``key, label, series, series_label, value, low, high, n,
    status``; of comparisons also ``first, second, n_second``; with quarters ``period`` and
    ``provisional``; else ``finding`` (a code of ``Comparison``, empty where nothing is held against
    anything), in words ``finding_text``. What is expected is told as by ``fairness_gaps``.

    Raises:
        RefusedError: If the indicator has no meaning for this question, or it is not released.
    """
    chosen = indicator(asked.indicator)
    refuse_impossible(chosen, asked.rows, asked.needs, w)
    if asked.measure is Measure.EXPECTED:
        return _beside_alike(store, asked, w)
    if asked.columns == WHOLE and not asked.is_compared:
        return _one_way(store, chosen, asked, w)
    needs = _counted(asked, asked.needs)
    refuse_hidden_areas(store, chosen, needs, w)
    return (_compared if asked.is_compared else _two_way)(store, chosen, asked, needs, w)


def _counted(asked: Inquiry, needs: NeedFilter) -> NeedFilter:
    """Return the needs that count: areas are parts of the state, whichever of them are asked."""
    parts = {"district": ("district",), "unit": AREAS}.get(asked.rows, ())
    told = (asked.rows, asked.columns, asked.groups.field if asked.groups else "")
    by = "group" if "group" in told else asked.rows
    return as_asked(needs.but(**dict.fromkeys(parts, ())), by)


def _one_way(store: ParquetStore, chosen: Indicator, asked: Inquiry, w: Words) -> Exhibit:
    """Return an indicator by a dimension, as everywhere, with what lies apart from all others."""
    base = replace(
        indicator_values(store, asked.indicator, asked.rows, asked.needs, w),
        id=NAME,
        choice=_choice(asked),
    )
    if asked.rows in _COURSES or not chosen.counts_needs:
        return base
    shown = base.table.frame.assign(series="")
    needs = _counted(asked, asked.needs)
    apart = beside_others(store, chosen, (asked.rows, WHOLE), needs, shown)
    frame = judged(chosen, shown, apart, w)
    return replace(
        base,
        # A district named for its value would read as the first of a league.
        title=base.title if asked.rows in AREAS else title_of(asked, frame, w),
        sentence=f"{base.sentence} {sentence_of(asked, frame, w)}",
        table=ReleasedTable((*base.table.columns, *_findings(chosen, w)), frame),
        notes=(*base.notes, *notes_of(asked, w)),
    )


def _two_way(
    store: ParquetStore, chosen: Indicator, asked: Inquiry, needs: NeedFilter, w: Words
) -> Exhibit:
    found, (query,) = estimates(store, chosen, asked.rows, needs, asked.columns)
    frame = completed(found, asked, needs, w)
    queries, told = [query], []
    if "quarter" in (asked.rows, asked.columns):
        frame, delays = with_quarters(store, asked, frame)
        queries.append(delays)
        title = w("explore.title_courses", name=chosen.name[w.language])
        sentence = w("explore.sentence_courses")
    else:
        apart = beside_others(store, chosen, (asked.rows, asked.columns), needs, found)
        frame = judged(chosen, frame, apart, w)
        told = _findings(chosen, w)
        title, sentence = title_of(asked, frame, w), sentence_of(asked, frame, w)
    form = format_of(chosen)
    columns = [
        *_labels(asked, w),
        *estimated(chosen.name[w.language], form.kind, chosen.digits, w),
        Column("n", w("indicator.n"), "count"),
        *told,
    ]
    return _exhibit(store, chosen, asked, needs, (title, sentence), columns, frame, queries, w)


def _compared(
    store: ParquetStore, chosen: Indicator, asked: Inquiry, needs: NeedFilter, w: Words
) -> Exhibit:
    """Return the first value less the second in each cell."""
    first, second = (_counted(asked, side) for side in asked.sides())
    apart, queries = between(store, chosen, (asked.rows, asked.columns), (first, second))
    found = completed(differences(apart), asked, needs, w)
    frame = judged(chosen, found, apart, w)
    form, change = format_of(chosen), change_format(chosen)
    one, other = _named(asked, w)
    columns = [
        *_labels(asked, w),
        *estimated(w("explore.difference"), change.kind, change.digits, w),
        Column("first", one, form.kind, chosen.digits),
        Column("second", other, form.kind, chosen.digits),
        Column("n", w("explore.n_of", side=one), "count"),
        Column("n_second", w("explore.n_of", side=other), "count"),
        *readable(w, finding_text="explore.finding"),
        *internal(w, finding="explore.finding_code"),
    ]
    told = title_of(asked, frame, w), sentence_of(asked, frame, w)
    return _exhibit(store, chosen, asked, needs, told, columns, frame, queries, w)


def _beside_alike(store: ParquetStore, asked: Inquiry, w: Words) -> Exhibit:
    """Return what is observed of each row, and what is expected of needs of its mix."""
    found = fairness_gaps(store, asked.needs, asked.rows, asked.indicator, w)
    return replace(found, id=NAME, choice=_choice(asked))


def _exhibit(
    store: ParquetStore,
    chosen: Indicator,
    asked: Inquiry,
    needs: NeedFilter,
    told: tuple[str, str],
    columns: list[Column],
    frame: pd.DataFrame,
    queries: Sequence[ExecutedQuery],
    w: Words,
) -> Exhibit:
    notes = [chosen.caveats[w.language]]
    if "finding" in frame:
        notes.extend(notes_of(asked, w))
    if (frame["status"] == Status.SUPPRESSED).any():
        notes.append(w("indicator.note_suppressed"))
    if needs.assigned:
        left_out, count = unassigned_note(store, needs, w)
        notes, queries = [*notes, left_out], [*queries, count]
    counted = replace(needs, chosen=asked.needs.chosen)
    return based_on(store, chosen.tables, w, needs=counted).exhibit(
        NAME,
        *told,
        columns,
        frame,
        indicators=(asked.indicator,),
        notes=tuple(notes),
        queries=tuple(queries),
        choice=_choice(asked),
        measure=in_words(asked, w),
        span="",
    )


def _labels(asked: Inquiry, w: Words) -> list[Column]:
    rows, columns = asked.rows, asked.columns
    are_courses = "quarter" in (rows, columns) and not asked.is_compared
    if rows == "quarter" and columns != WHOLE and are_courses:
        rows, columns = columns, rows
    labels = [Column("label", w(f"dimension.{rows}"))]
    if columns != WHOLE:
        labels.append(Column("series_label", w(f"dimension.{columns}")))
    carried = internal(
        w, key="indicator.key", series="explore.series_key", status="indicator.status"
    )
    if columns == "quarter" and are_courses:
        carried += internal(w, provisional="explore.provisional")
        carried.append(Column("period", w("dimension.quarter"), "quarter", internal=True))
    return [*labels, *carried]


def _findings(chosen: Indicator, w: Words) -> list[Column]:
    change = change_format(chosen)
    return [
        Column("gap", w("explore.gap"), change.kind, change.digits),
        Column("gap_low", w("explore.gap_low"), change.kind, change.digits),
        Column("gap_high", w("explore.gap_high"), change.kind, change.digits),
        *readable(w, finding_text="explore.finding"),
        *internal(w, finding="explore.finding_code"),
    ]


def _named(asked: Inquiry, w: Words) -> tuple[str, str]:
    """Return what people call the two sides."""
    if asked.groups is not None:
        field = asked.groups.field
        return (
            code_label(field, asked.groups.first, w),
            code_label(field, asked.groups.second, w),
        )
    before = asked.against or asked.needs.period
    return period_text(asked.needs.period, w), period_text(before, w)


def _choice(asked: Inquiry) -> tuple[tuple[str, str], ...]:
    """Return what was asked beyond indicator and needs, as codes."""
    told = {"rows": asked.rows, "columns": asked.columns}
    chosen = {name: code for name, code in told.items() if code != WHOLE}
    if asked.against is not None:
        chosen |= {"against": f"{asked.against.first}+{asked.against.last}"}
    if asked.groups is not None:
        groups = asked.groups
        chosen["compared"] = f"{groups.field}+{groups.first}+{groups.second}"
    if asked.is_beside_alike:
        chosen["compared"] = ALIKE
    return tuple(chosen.items())
