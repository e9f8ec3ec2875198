"""The control chart of an indicator in one district, with the milestones of both programmes."""

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import format_of
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.districts.control import Watched, watched
from analytics.reports.districts.themes import COURSE, WATCHED


@figure(
    "district_control",
    "district/profile",
    takes.RING_AND_INDICATOR,
    "control",
    indicators=WATCHED,
    usual=COURSE,
)
def control(store: ParquetStore, choice: DistrictChoice, indicator_id: str, w: Words) -> Exhibit:
    """Return an indicator by quarter with the limits of its usual up and down.

    Rows ``period`` (first day), ``label, value, n, status, provisional, mean, lower, upper`` (NaN
    outside the chart), ``segment`` (-1 outside), ``signal`` (a ``Signal`` or empty), ``signal_text,
    milestone`` (empty without one), in time.
    """
    chosen = indicator(indicator_id)
    found = watched(store, choice, indicator_id)
    frame = _frame(chosen, found, w)
    return based_on(store, chosen.tables, w, districts=(choice.district,)).exhibit(
        f"district_control_{indicator_id}_{choice.district}",
        *_finding(choice, chosen, found, w),
        _columns(chosen, w, frame),
        frame,
        indicators=(indicator_id,),
        notes=_notes(chosen, found, w),
        queries=found.queries if found else (),
        choice=(("district", choice.district), ("indicator", indicator_id)),
    )


def trend_code(found: Watched | None) -> str:
    """Return the weightiest signal of the newest quarter; ``steady``, or ``none`` without a chart.

    Table, chart and sentence take it from here, so that they cannot disagree.
    """
    if found is None or found.chart is None:
        return "none"
    return str(next(iter(found.chart.latest), "steady"))


def trend_text(code: str, w: Words) -> str:
    """Return a signal, ``steady`` or ``none`` in a few words."""
    return w(f"report_district.trend_{code}")


def _frame(chosen: Indicator, found: Watched | None, w: Words) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(columns=[column.name for column in _columns(chosen, w)])
    frame = found.series.frame
    marks = dict.fromkeys(frame["period"], "")
    for landmark in found.landmarks:
        if landmark.quarter in marks:
            text = w(f"report_district.landmark_{landmark.kind}")
            marks[landmark.quarter] = " · ".join(filter(None, (marks[landmark.quarter], text)))
    told = frame.assign(
        period=pd.to_datetime(frame["period"]),
        label=[w.quarter(day) for day in frame["period"]],
        milestone=list(marks.values()),
    )
    return pd.concat([told, _limits(chosen, found, len(frame), w)], axis="columns")


def _limits(chosen: Indicator, found: Watched, quarters: int, w: Words) -> pd.DataFrame:
    """Return the columns that the chart adds, one row a quarter.

    No figure lies below 0, and no share above 1, so no limit is drawn there.
    """
    lines = np.full((3, quarters), np.nan)
    segment = np.full(quarters, -1)
    signals = [""] * quarters
    chart, first = found.chart, found.first
    for number, part in enumerate(chart.segments if chart else ()):
        place = slice(first + part.start, first + part.stop)
        segment[place] = number
        for row, line in enumerate((part.mean, part.low, part.high)):
            lines[row, place] = np.nan if line is None else line
    for position, marks in enumerate(chart.signals if chart else ()):
        signals[first + position] = str(next(iter(marks), ""))
    mean, lower, upper = np.clip(lines, 0, 1 if chosen.unit == "share" else None)
    texts = [w(f"report_district.signal_{signal}") if signal else "" for signal in signals]
    return pd.DataFrame(
        {
            "mean": mean,
            "lower": lower,
            "upper": upper,
            "segment": segment,
            "signal": signals,
            "signal_text": texts,
        }
    )


def _finding(
    choice: DistrictChoice, chosen: Indicator, found: Watched | None, w: Words
) -> tuple[str, str]:
    name, area = chosen.name[w.language], registry().district(choice.district).full_name
    if found is None or found.chart is None:
        return (
            w("report_district.control_title_none", name=name, district=area),
            w("report_district.control_sentence_none"),
        )
    code, part = trend_code(found), found.chart.segments[-1]
    form = format_of(chosen)
    quarters = found.series.frame["period"]
    title = w(f"report_district.control_title_{code}", name=name, district=area)
    sentence = w(
        "report_district.control_sentence",
        first=w.quarter(quarters.iloc[found.first + part.start]),
        last=w.quarter(quarters.iloc[found.first + part.stop - 1]),
        mean=form.text(part.mean, w),
        low=form.bare(part.low, w),
        high=form.text(part.high, w),
        signals=w.number(sum(1 for marks in found.chart.signals if marks)),
    )
    return title, sentence


def _notes(chosen: Indicator, found: Watched | None, w: Words) -> tuple[str, ...]:
    notes = [chosen.caveats[w.language], w("report_district.note_control")]
    if found is None or found.chart is None:
        return tuple(notes)
    part = found.chart.segments[-1]
    count = w.number(part.stop - part.start)
    notes.append(w("report_district.note_control_span", count=count))
    if found.chart.is_provisional:
        notes.append(w("report_district.note_short_chart"))
    if found.series.frame["provisional"].any():
        notes.append(w("indicator.note_provisional"))
    if (found.series.frame["status"] == Status.SUPPRESSED).any():
        notes.append(w("indicator.note_suppressed"))
    return tuple(notes)


def _columns(chosen: Indicator, w: Words, frame: pd.DataFrame | None = None) -> tuple[Column, ...]:
    form = format_of(chosen)
    form = form if frame is None or frame.empty else form.outside(frame, "lower", "upper", w)
    kind, digits, name = form.kind, form.digits, chosen.name[w.language]
    return (
        Column("period", w("dimension.quarter"), "quarter"),
        Column("value", name, kind, digits),
        Column("n", w("indicator.n"), "count"),
        Column("mean", w("report_district.mean"), kind, digits),
        *readable(w, kind, digits, lower="report_district.lower", upper="report_district.upper"),
        *readable(w, signal_text="report_district.signal", milestone="report_district.milestone"),
        Column("label", w("dimension.quarter"), internal=True),
        *internal(w, provisional="report_district.provisional", segment="report_district.segment"),
        *internal(w, signal="report_district.signal", status="indicator.status"),
    )
