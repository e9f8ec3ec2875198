"""The scorecard of a district: every indicator beside its peers, the state and the other districts.

It is one exhibit. Page, PDF and files show its rows, so none of them can say something else.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Estimate, Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.position import Comparison, Position
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import format_of, interval_text, status_text, value_text
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.basis.origins import beside_invented
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import data_period
from analytics.reports.districts.breaks import breaks_of
from analytics.reports.districts.control import watched
from analytics.reports.districts.control_report import trend_code, trend_text
from analytics.reports.districts.position import positions
from analytics.reports.districts.position_words import (
    bare_difference,
    comparison_text,
    difference_text,
    position_text,
    spread_text,
)
from analytics.reports.districts.ring import ring_of, selection
from analytics.reports.districts.themes import THEMES
from analytics.reports.districts.values import district_values

_NUMBERS: Final = (
    "value", "low", "high", "n", "state", "peers_low", "peers_high", "rest", "difference",
    "difference_low", "difference_high",
)  # fmt: skip
"""Columns that travel as numbers, in the unit of their row."""

_TABLES: Final = ("cases", "referrals", "posts", "rollout", "funding", "population")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One indicator of a district with everything that it is held against.

    Attributes:
        theme: Part of the promise that it belongs to.
        chosen: The indicator.
        own: The district's protected value.
        state: The whole state's.
        peers: Values of the peers that are shown.
        position: How the value compares with the rest of the state, and among the districts.
        trend: Signal of the control chart, ``steady`` or ``none``.
        spark: Values by quarter, oldest first; NaN where none is shown. Empty without quarters.
        comparability: Breaks that concern it, in words.
        is_invented: Whether it is held against invented figures, and therefore not judged.
        queries: What was asked.
    """

    theme: str
    chosen: Indicator
    own: Estimate
    state: Estimate
    peers: tuple[float, ...]
    position: Position
    trend: str
    spark: tuple[float, ...]
    comparability: str
    is_invented: bool
    queries: tuple[ExecutedQuery, ...]


def entries(store: ParquetStore, choice: DistrictChoice, w: Words) -> tuple[Entry, ...]:
    """Return the indicators of a district, theme by theme."""
    return tuple(
        _entry(store, choice, theme, name, w) for theme, names in THEMES.items() for name in names
    )


@figure("district_scorecard", "district/profile", takes.DISTRICT)
def scorecard(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return all indicators of a district.

    Rows ``key`` (indicator), ``label, section, value, low, high, n, status, unit, digits,
    value_text, interval_text, state, state_text, peers_low, peers_high, peers_text, comparison,
    comparison_text, rest, difference, difference_low, difference_high, difference_text,
    difference_bare, spread, spread_text, position_text, trend, trend_text, spark`` (values by
    quarter), ``comparability``, in the order of ``THEMES``.
    """
    found = entries(store, choice, w)
    area = registry().district(choice.district).full_name
    frame = pd.DataFrame([_row(entry, w) for entry in found])
    queries = {query.text: query for entry in found for query in entry.queries}
    ring = ring_of(store, choice)
    return based_on(store, _TABLES, w, districts=(choice.district, *ring.members)).exhibit(
        f"district_scorecard_{choice.district}",
        *_finding(found, area, choice, w),
        _columns(w),
        frame,
        indicators=tuple(entry.chosen.id for entry in found),
        notes=(
            w("report_district.note_peers_range"),
            w("report_district.note_comparison"),
            w("report_district.note_spread"),
            w("report_district.note_many"),
            w("report_district.note_own_interval"),
            *([w("indicator.note_mixed_origin")] if any(e.is_invented for e in found) else []),
        ),
        queries=tuple(queries.values()),
        choice=selection(ring, choice.period),
        alt=w("report_district.scorecard_alt", district=area),
        measure=w("report_district.measure_scorecard"),
    )


def _entry(store: ParquetStore, choice: DistrictChoice, theme: str, name: str, w: Words) -> Entry:
    chosen = indicator(name)
    values = district_values(store, name, choice.period)
    own = values.of(choice.district)
    placed = positions(store, name, choice.period)
    course = watched(store, choice, name)
    quarters = course.series.frame["value"] if course else ()
    return Entry(
        theme=theme,
        chosen=chosen,
        own=own,
        state=values.state,
        peers=tuple(values.shown_of(ring_of(store, choice).members)),
        position=placed.of(choice.district),
        trend=trend_code(course),
        spark=tuple(float(value) for value in quarters),
        is_invented=beside_invented(store.manifest, chosen.tables, choice.district),
        comparability=breaks_of(store, choice.district, chosen, data_period(store), w),
        queries=(*values.queries, *placed.queries, *(course.queries if course else ())),
    )


def _row(entry: Entry, w: Words) -> dict[str, object]:
    chosen, own, form = entry.chosen, entry.own, format_of(entry.chosen)
    shown = own.status is Status.SHOWN
    low, high = (min(entry.peers), max(entry.peers)) if entry.peers else (np.nan, np.nan)
    return {
        "key": chosen.id,
        "label": chosen.name[w.language],
        "section": w(f"report_district.theme_{entry.theme}"),
        "value": own.value,
        "low": own.low,
        "high": own.high,
        "n": own.n,
        "status": own.status.value,
        "unit": form.kind,
        "digits": form.digits,
        "value_text": value_text(chosen, own.value, w) if shown else status_text(chosen, own, w),
        "interval_text": interval_text(chosen, own, w) if shown else "",
        "state": entry.state.value,
        "state_text": _state_text(chosen, entry.state, w),
        "peers_low": low,
        "peers_high": high,
        "peers_text": form.range(low, high, w) or w("estimate.no_data"),
        "comparison": entry.position.comparison.value,
        "comparison_text": comparison_text(entry.position, w),
        "rest": entry.position.rest,
        "difference": entry.position.difference,
        "difference_low": entry.position.low,
        "difference_high": entry.position.high,
        "difference_text": difference_text(chosen, entry.position, w),
        "difference_bare": bare_difference(chosen, entry.position, w),
        "spread": entry.position.spread.value,
        "spread_text": spread_text(entry.position, w),
        "position_text": position_text(entry.position, w),
        "trend": entry.trend,
        "trend_text": trend_text(entry.trend, w) if entry.spark else "–",
        "spark": entry.spark,
        "comparability": entry.comparability,
    }


def _state_text(chosen: Indicator, state: Estimate, w: Words) -> str:
    if state.status is Status.SHOWN:
        return value_text(chosen, state.value, w)
    return status_text(chosen, state, w)


def _finding(
    found: tuple[Entry, ...], area: str, choice: DistrictChoice, w: Words
) -> tuple[str, str]:
    placed = [entry.position for entry in found if entry.position.is_judged]
    texts = {
        "district": area,
        "period": period_text(choice.period, w),
        "placed": w.number(len(placed)),
        "different": w.number(sum(each.comparison.is_different for each in placed)),
        "better": w.number(sum(each.comparison is Comparison.BETTER for each in placed)),
        "worse": w.number(sum(each.comparison is Comparison.WORSE for each in placed)),
        "unusual": w.number(sum(each.spread.is_unusual for each in placed)),
        "all": w.number(len(found)),
    }
    title = "scorecard_title" if placed else "scorecard_title_none"
    sentence = w("report_district.scorecard_sentence", **texts)
    if placed:
        sentence = f"{sentence} {w('report_district.scorecard_counts', **texts)}"
    if any(entry.is_invented for entry in found):
        title = title if placed else "scorecard_title_invented"
        sentence = f"{sentence} {w('report_district.invented')}"
    return w(f"report_district.{title}", **texts), sentence


def _columns(w: Words) -> tuple[Column, ...]:
    """Return the columns; figures of several units are read as text, and travel as numbers."""
    return (
        Column("section", w("report_district.theme")),
        *readable(w, label="ui.indicator", value_text="report_district.own_value"),
        Column("interval_text", w("report_district.interval")),
        Column("state_text", w("report_district.state_value")),
        Column("peers_text", w("report_district.peers_range")),
        Column("comparison_text", w("report_district.comparison_text")),
        Column("difference_text", w("report_district.difference_text")),
        *readable(w, spread_text="report_district.spread_text", trend_text="report_district.trend"),
        Column("comparability", w("report_district.comparability")),
        Column("key", w("indicator.key"), internal=True),
        *(
            Column(name, w(f"report_district.{name}"), "number", 6, internal=True)
            for name in _NUMBERS
        ),
        *(
            Column(name, w(f"report_district.{name}"), internal=True)
            for name in ("unit", "comparison", "spread", "position_text", "trend")
        ),
        Column("status", w("indicator.status"), internal=True),
    )
