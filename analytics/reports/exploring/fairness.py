"""Who waits longer: gaps of groups to all others, as recorded and against comparable needs."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import ColumnKind
from analytics.domain.estimates import Status
from analytics.domain.filters import BREAKDOWNS, NeedFilter, options_of_needs
from analytics.domain.indicators import Dimension, Indicator, catalogue, indicator
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import Asked, Takes, figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.exploring.fairness_words import (
    course_finding,
    gaps_finding,
    judged,
    notes_of,
)
from analytics.reports.exploring.mix import mix_fields
from analytics.reports.exploring.standardising import gaps
from analytics.reports.indicators.assignment import as_asked
from analytics.reports.indicators.indicator_values import refuse_hidden_areas

MEASURES: Final = tuple(name for name, one in catalogue().items() if one.is_standardised)
"""Indicators whose gaps are told."""

USUAL: Final = "restricted_mean_days_180"
_STANDS_FOR: Final = {
    "restricted_mean_days_180_to_start": "median_days_to_start",
    "restricted_mean_days_180_after_referral": "start_rate_of_referred",
}
"""What areas are protected by where an indicator has none of its own: the same needs."""

_OF_REFERRED: Final = options_of_needs(of_referred=True)
_MONTHS: Final = 12


def _taken(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
    return (*takes.NEEDS_BY_FIELD.read(store, asked), asked.indicator)


GAPS: Final = Takes(("indicator", "by", "period", *_OF_REFERRED), _taken)
COURSE: Final = Takes(("indicator", "by", *_OF_REFERRED), _taken)
"""A course shows all years, whichever months are chosen."""


@figure("fairness_gaps", "explore/fairness", GAPS, "gaps", indicators=MEASURES, usual=USUAL)
def fairness_gaps(
    store: ParquetStore, need_filter: NeedFilter, by: Dimension, measure: str, w: Words
) -> Exhibit:
    """Return each group's gap to all others and to needs of the same mix.

    One row a code, the longest wait first, with the columns of ``standardising.gaps``, ``label``
    and ``judged``. A row whose needs have too few like them has no ``value`` and says so.

    Args:
        store: The snapshot.
        need_filter: Which needs count.
        by: Field of needs that groups are told apart by.
        measure: Id of an indicator of ``MEASURES``.
        w: Language.

    Raises:
        RefusedError: If the indicator has no meaning for the field or filter, if only one code is
            left to compare, or if areas are chosen whose own figures are hidden.
    """
    chosen, needs = _asked(store, need_filter, by, measure, w)
    frame, queries = gaps(store, chosen, by, needs)
    frame = _labelled(frame, by, chosen, w)
    return based_on(store, chosen.tables, w, needs=needs, indicators=(chosen.id,)).exhibit(
        "fairness_gaps",
        *gaps_finding(frame, chosen, w),
        _columns(chosen, by, w),
        frame,
        notes=(
            w("fairness.note_several"),
            *notes_of(frame, chosen, mix_fields(store, by, needs), store.release, w),
        ),
        queries=queries,
        choice=(("by", by), ("indicator", measure)),
        measure=w(f"fairness.measure_{chosen.unit}", measure=chosen.name[w.language]),
    )


@figure(
    "fairness_course", "explore/fairness", COURSE, "gap_panels", indicators=MEASURES, usual=USUAL
)
def fairness_course(
    store: ParquetStore, need_filter: NeedFilter, by: Dimension, measure: str, w: Words
) -> Exhibit:
    """Return each group's gaps by year of need, all years.

    One row a code and year: ``series`` (the code), ``period`` (first day) and the columns of
    ``fairness_gaps``. Within a year like is compared with like of the same year.

    Raises:
        RefusedError: As ``fairness_gaps``.
    """
    covered = data_period(store)
    everything = replace(need_filter, period=covered)
    chosen, needs = _asked(store, everything, by, measure, w)
    parts, queries = [], list[ExecutedQuery]()
    for period in _years(covered):
        found, asked = gaps(store, chosen, by, replace(needs, period=period))
        parts.append(found.assign(period=period.start))
        queries += asked
    frame = _by_code(pd.concat(parts, ignore_index=True), by, needs)
    frame = _labelled(frame, by, chosen, w, in_order=True).assign(series=frame["key"])
    columns = [column for column in _columns(chosen, by, w) if column.name != "judged"]
    return based_on(store, chosen.tables, w, needs=needs, indicators=(chosen.id,)).exhibit(
        "fairness_course",
        *course_finding(frame, chosen, w),
        (
            columns[0],
            Column("year", w("fairness.year"), "text"),
            *columns[1:],
            *internal(w, series="indicator.key", period="fairness.year"),
        ),
        frame.assign(year=[str(day.year) for day in frame["period"]]),
        notes=(
            w("fairness.note_course"),
            *notes_of(frame, chosen, mix_fields(store, by, needs), store.release, w),
        ),
        queries=tuple(queries),
        choice=(("by", by), ("indicator", measure)),
        measure=w(f"fairness.measure_{chosen.unit}", measure=chosen.name[w.language]),
    )


def _asked(
    store: ParquetStore, need_filter: NeedFilter, by: Dimension, measure: str, w: Words
) -> tuple[Indicator, NeedFilter]:
    """Return the indicator and the needs that count; refuse what has no honest answer."""
    chosen, needs = indicator(measure), as_asked(need_filter, by)
    if by not in BREAKDOWNS or measure not in MEASURES:
        raise KeyError(by if measure in MEASURES else measure)
    if needs.is_of_referred and not chosen.is_of_referred:
        raise RefusedError(w("indicator.only_of_referred", name=chosen.name[w.language]))
    if len(needs[by]) == 1:
        raise RefusedError(w("fairness.one_code", field=w(f"dimension.{by}")))
    refuse_hidden_areas(store, indicator(_STANDS_FOR.get(measure, measure)), needs, w)
    return chosen, needs


def _years(covered: Period) -> list[Period]:
    years = range(covered.first.year, covered.last.year + 1)
    whole = [Period(Month(year, 1), Month(year, _MONTHS)) for year in years]
    return [part for part in (year.within(covered) for year in whole) if part is not None]


def _by_code(frame: pd.DataFrame, by: Dimension, needs: NeedFilter) -> pd.DataFrame:
    """Return one row a code that there is and year, without data where nothing was recorded."""
    found, years = set(frame["key"]), [year.start for year in _years(needs.period)]
    codes = [key for key in dimensions.keys(by, needs.period) if key in found]
    index = pd.MultiIndex.from_product([codes, years], names=["key", "period"])
    full = frame.set_index(["key", "period"]).reindex(index).reset_index()
    full["is_comparable"] = full["is_comparable"].eq(True)
    return full.assign(status=full["status"].fillna(Status.NO_DATA.value))


def _labelled(
    frame: pd.DataFrame, by: Dimension, chosen: Indicator, w: Words, *, in_order: bool = False
) -> pd.DataFrame:
    """Add labels and judgement; the longest wait first, or in the order of the code list."""
    without = (frame["status"] == Status.SHOWN) & frame["value"].isna()
    frame = frame.assign(
        label=[dimensions.label(by, key, w) for key in frame["key"]],
        # The gap as recorded stays: what is missing is its like.
        status=frame["status"].mask(without, Status.NO_DATA.value),
        judged=[judged(row, chosen, w) for _, row in frame.iterrows()],
    )
    if in_order:
        return frame
    worst = -frame["value"] if chosen.better == "lower" else frame["value"]
    return frame.iloc[np.argsort(worst.fillna(np.inf), kind="stable")].reset_index(drop=True)


def _columns(chosen: Indicator, by: Dimension, w: Words) -> tuple[Column, ...]:
    gap: ColumnKind = "days_change" if chosen.unit == "days" else "points"
    level: ColumnKind = "days" if chosen.unit == "days" else "share"
    return (
        Column("label", w(f"dimension.{by}")),
        *readable(
            w,
            gap,
            1,
            value="fairness.gap",
            low="indicator.low",
            high="indicator.high",
            raw="fairness.raw",
            raw_low="fairness.raw_low",
            raw_high="fairness.raw_high",
        ),
        *readable(w, level, 1, own="fairness.own", expected="fairness.expected"),
        Column("n", w("indicator.n"), "count"),
        Column("full", w("fairness.full"), "share"),
        Column("judged", w("fairness.judged")),
        *internal(w, key="indicator.key", status="indicator.status"),
    )
