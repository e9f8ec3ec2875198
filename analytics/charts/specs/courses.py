"""Charts of what runs over days, months or quarters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.charts.axes import nice_ticks
from analytics.charts.curves import by_first_seen, drawn
from analytics.charts.specs.named_points import by_quarter
from analytics.charts.specs.spec import (
    Axis,
    ChartSpec,
    Dash,
    Marker,
    Numbers,
    Series,
    Side,
    numbers,
    scale_of,
    serial,
    unit_title,
    value_axis,
)
from analytics.charts.values import column
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.span import programme_starts

_DASHES: Final = (Dash.DOTTED, Dash.SHORT, Dash.LONG, Dash.SOLID)
_LAST_DAY: Final = 180
"""Where the catalogue's figures end; later a curve hardly rises."""
_MONTH: Final = 30.0
_GUIDE: Final = 90
_MANY: Final = 20
"""More intervals than this on one line are drawn fine, or nothing else would be seen."""
_ERROR_OF_MANY: Final = 0.75
_HEIGHT: Final = 0.95
"""Of the axis, where the name of a milestone stands, and from above that of a day."""
_LINE: Final = 0.1
"""Of the axis, by which a name left of its line stands lower: another may come from there."""
_FREE: Final = 0.85
"""Of the axis, below which all values stay where milestones are named."""
_LATE: Final = 0.7
"""Of the quarters: beyond, a milestone's name has room on its left only."""
_YEAR: Final = 365.25
_WITHIN_YEAR: Final = 0.99
"""Ticks a mean year apart that start here lie in a year of their own, leap years or not."""


def curve(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw the share referred by each day as steps, the 95 % interval between thin lines."""
    table = drawn(exhibit.table)
    edges: list[Series] = []
    lines: list[Series] = []
    for series, rows in by_first_seen(table.frame, "series"):
        part = _until(table.frame.iloc[rows], _LAST_DAY)
        name, x = str(table.frame["label"].iloc[rows[0]]), _step_places(numbers(part["days"]))
        low, estimate, high = (
            _step_heights(numbers(part[each])) for each in ("low", "estimate", "high")
        )
        line = Series(name, estimate, x, colour=theme.series_colour(series), line=3)
        edge = replace(line, line=0.5, in_legend=False)
        edges += [
            replace(edge, name=w("deck.interval_low", name=name), y=low),
            replace(edge, name=w("deck.interval_high", name=name), y=high, shade=low),
        ]
        lines.append(line)
    return ChartSpec(
        "scatter",
        (*edges, *reversed(lines), _guide(w)),  # the first one on top
        Axis(0.0, float(_LAST_DAY), _MONTH, "number", w("chart.days_since_need")),
        Axis(0.0, 1.0, 0.25, "share", grid=True, line=False),
        x_column=w("chart.days_since_need"),
    )


def progress(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw how many units had reached each milestone by each month, as steps."""
    frame = exhibit.table.frame
    found = []
    for place, (series, rows) in enumerate(by_first_seen(frame, "series")):
        part = frame.iloc[rows].sort_values("month")
        reached = w.number(float(part["value"].iloc[-1]))
        found.append(
            Series(
                f"{part['label'].iloc[0]}: {reached}",
                _step_heights(numbers(part["value"])),
                _step_places(tuple(_serial(day) for day in part["month"])),
                colour=theme.series_colour(series),
                line=3,
                dash=_DASHES[place % len(_DASHES)],
            )
        )
    months = pd.to_datetime(frame["month"])
    first = _serial(date(months.min().year, 1, 1)) + _WITHIN_YEAR
    return ChartSpec(
        "scatter",
        tuple(found),
        Axis(first, float(_serial(months.max())), _YEAR, "year"),
        Axis(
            0.0,
            float(frame["total"].max()),
            nice_ticks(0, float(frame["total"].max()), 6)[1],
            "number",
            column(exhibit.table, "value").label,
            grid=True,
            line=False,
        ),
        x_column=column(exhibit.table, "month").label,
    )


def trend(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw a line a series by quarter with its intervals; provisional points are pale inside."""
    frame, described = exhibit.table.frame, column(exhibit.table, "value")
    form = Format(described.kind, described.digits)
    periods = sorted(set(frame["period"]))
    found: list[Series] = []
    loose: list[Series] = []
    for series, rows in by_first_seen(frame, "series"):
        part = frame.iloc[rows].set_index("period").reindex(periods)
        found.append(
            Series(
                str(frame["label"].iloc[rows[0]]),
                numbers(part["value"], scale_of(form)),
                low=numbers(part["low"], scale_of(form)),
                high=numbers(part["high"], scale_of(form)),
                error=_ERROR_OF_MANY if len(periods) > _MANY else 2.0,
                colour=theme.series_colour(series),
                line=2.5,
                marker=Marker.CIRCLE,
                size=8,
            )
        )
        loose += _provisional(found[-1], part["provisional"], w, named=not loose)
    days = [pd.Timestamp(str(period)).date() for period in periods]
    starts = {
        next((i for i, day in enumerate(days) if day >= start), -1): w(f"ui.phase_{name}")
        for name, start in programme_starts().items()
    }
    marked = by_quarter(exhibit, periods, scale_of(form))
    return _by_quarter(exhibit, (*found, *loose, *marked), form, periods, w, starts)


def control(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw a district's values by quarter with mean and limits; what stands out is marked."""
    frame, described = exhibit.table.frame, column(exhibit.table, "value")
    form = Format(described.kind, described.digits)
    periods, scale = list(frame["period"]), scale_of(form)
    values = numbers(frame["value"], scale)
    marked = tuple(
        value if signal else None for value, signal in zip(values, frame["signal"], strict=True)
    )
    own = Series(
        w("deck.own_value"), values, colour=theme.OWN, line=2.5, marker=Marker.CIRCLE, size=7
    )
    loose = _provisional(own, frame["provisional"], w, named=True)
    signals = Series(w("deck.signal"), marked, colour=theme.SIGNAL, marker=Marker.DIAMOND, size=11)
    shown = (
        *_usual(frame, scale, w),
        own,
        *loose,
        *((signals,) if any(v is not None for v in marked) else ()),
    )
    milestones = {place: text for place, text in enumerate(frame["milestone"]) if text}
    return _by_quarter(exhibit, shown, form, periods, w, milestones)


def _usual(frame: pd.DataFrame, scale: float, w: Words) -> list[Series]:
    """Return mean and limits; where they begin anew is a gap, no slope."""
    segments = sorted(frame.loc[frame["segment"] >= 0, "segment"].unique())
    return [
        Series(
            w(f"deck.usual_{name}"),
            numbers(frame[name].where(frame["segment"] == segment), scale),
            colour=theme.OUTLINE,
            line=1.5,
            dash=dash,
            in_legend=name != "lower" and segment == segments[0],
            shade=numbers(frame["lower"].where(frame["segment"] == segment), scale)
            if name == "upper"
            else None,
        )
        for name, dash in (("upper", Dash.SHORT), ("mean", Dash.SOLID), ("lower", Dash.SHORT))
        for segment in segments
    ]


def _provisional(
    series: Series, flags: "pd.Series[bool]", w: Words, *, named: bool
) -> list[Series]:
    """Return a series' provisional points once more, smaller and pale; none if all is firm."""
    chosen = flags.eq(True).tolist()
    y = tuple(v if flag else None for v, flag in zip(series.y, chosen, strict=True))
    if not any(chosen):
        return []
    return [
        Series(
            w("chart.provisional"),
            y,
            colour=series.colour,
            marker=Marker.CIRCLE,
            size=5,
            is_open=True,
            in_legend=named,
        )
    ]


def _by_quarter(
    exhibit: Exhibit,
    found: tuple[Series, ...],
    form: Format,
    periods: Sequence[object],
    w: Words,
    milestones: Mapping[int, str],
) -> ChartSpec:
    """Return the chart of lines; ``milestones`` are named at the first quarter that they cover."""
    ends = [v for s in found for part in (s.y, s.low or (), s.high or ()) for v in part]
    named = {place: text for place, text in milestones.items() if place > 0}
    most = max((v for v in ends if v is not None), default=0.0)
    if named and most > 0:
        ends.append(min(most / _FREE, max(most, 1.0)) if form.kind == "share" else most / _FREE)
    axis = value_axis(tuple(ends), form, from_zero=True)
    marks = tuple(_milestone(place, text, len(periods), axis) for place, text in named.items())
    return ChartSpec(
        "lines",
        (*marks, *found),
        Axis(),
        replace(axis, title=unit_title(form, w), grid=True, line=False),
        days=tuple(pd.Timestamp(str(period)).date() for period in periods),
        first_column=column(exhibit.table, "period").label,
    )


def _milestone(place: int, text: str, count: int, axis: Axis) -> Series:
    """Return a line from the axis' foot to its head, as the error bar of a single point."""
    low, high = axis.low or 0.0, axis.high or 0.0
    side = Side.LEFT if place > _LATE * count else Side.RIGHT
    height = _HEIGHT - (_LINE if side is Side.LEFT else 0)

    def only(value: float) -> Numbers:
        return tuple(value if i == place else None for i in range(count))

    return Series(
        text,
        only(low + height * (high - low)),
        low=only(low),
        high=only(high),
        error=1.0,
        colour=theme.OUTLINE,
        labels=tuple(text if i == place else "" for i in range(count)),
        side=side,
        in_legend=False,
    )


def _until(part: pd.DataFrame, day: int) -> pd.DataFrame:
    """Return a curve's rows up to ``day``; one that goes on reaches it."""
    within = part[part["days"] <= day]
    if len(within) == len(part):
        return within
    return pd.concat([within, within.tail(1).assign(days=day)])


def _guide(w: Words) -> Series:
    day = float(_GUIDE)
    return Series(
        w("deck.day", day=_GUIDE),
        (0.0, 1 - _HEIGHT, 1.0),
        (day, day, day),
        colour=theme.OUTLINE,
        line=1.5,
        dash=Dash.SHORT,
        labels=("", w("deck.day", day=_GUIDE), ""),
        in_legend=False,
    )


def _step_places(x: Numbers) -> Numbers:
    """Return each place twice but the first: a step is across, then up."""
    return tuple(v for place in x for v in (place, place))[1:]


def _step_heights(y: Numbers) -> Numbers:
    return tuple(v for height in y for v in (height, height))[:-1]


def _serial(day: object) -> int:
    """Return the number that workbooks know a day by."""
    return serial(pd.Timestamp(str(day)).date())
