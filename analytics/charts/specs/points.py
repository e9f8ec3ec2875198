"""Charts of single values: rows with intervals, an estimate, funnel, bars."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.charts.bar_looks import bar_looks, bar_texts
from analytics.charts.forest import HEADLINE
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
    unit_title,
    value_axis,
)
from analytics.charts.values import column, estimate_texts
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_ROOM: Final = 1.6
"""Of the longest bar, which leaves room for the text at its end."""

_TOTAL: Final = "total"
_DETECTABLE: Final = "detectable"
_ESTIMATES: Final = {"estimate": theme.MODEL, "average": theme.KIM, "before": theme.NEUTRAL}
"""Rows of the estimates of both programmes that are drawn; the first one in its colour."""
_BROAD: Final = 40.0
_TOP: Final = 0.5
"""Above the highest row, where a zone ends and the text on it stands."""
_LABEL_SHARE: Final = 0.42
_LONG_SHARE: Final = 0.5
_SHORT: Final = 29
"""Signs of the longest name that the smaller part of the width has room for."""
_ROLES: Final = ("others", "peers", "own")
_BEYOND: Final = 1.03
"""Times the largest n, where its axis ends: no symbol is cut, no room is empty."""

_LIMITS: Final = {"baseline": Dash.SOLID, "chance": Dash.SHORT, "usual": Dash.SOLID}


def forest(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw estimates under each other; the chosen one first and in the programme's colour."""
    return interval_rows(exhibit, HEADLINE, theme.MODEL, w, neutral=_neutral(exhibit))


def contributions(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw a difference and its parts under each other; the whole first."""
    return interval_rows(exhibit, _TOTAL, theme.OWN, w)


def estimate(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw an estimate with its interval over the range that could hardly have been detected."""
    table, form = exhibit.table, _form(exhibit)
    rows = table.frame[table.frame["key"].isin(_ESTIMATES)]
    chosen = str(rows["key"].iloc[0])
    drawn = replace(exhibit, table=ReleasedTable(table.columns, rows))
    found = table.frame.loc[table.frame["key"] == _DETECTABLE, "value"].dropna()
    if found.empty:
        return interval_rows(drawn, chosen, _ESTIMATES[chosen], w, neutral=_neutral(exhibit))
    size = float(found.iloc[0])
    neutral = _neutral(exhibit)
    ends = (1 / size, size) if neutral else (-abs(size), abs(size))
    zone = _zone(numbers(ends, scale_of(form)), len(rows), w)
    return interval_rows(drawn, chosen, _ESTIMATES[chosen], w, zone=zone, neutral=neutral)


def _neutral(exhibit: Exhibit) -> float:
    """Return what is no difference: 1 for ratios."""
    return 1.0 if _form(exhibit).kind == "number" else 0.0


def _zone(ends: Numbers, count: int, w: Words) -> tuple[Series, ...]:
    """Shade each row between the ends and close the zone on both sides.

    Charts have no areas across: a broad line is drawn as broad by PowerPoint and on paper.
    """
    name = w("report_kim_effect.below_detectable")
    places = [float(place) for place in range(1, count + 1)]
    heights = [y for place in places for y in (place, place, None)]
    top = count + _TOP
    return (
        Series(name, tuple(heights), (*ends, None) * count, colour=theme.SHADE, line=_BROAD),
        *(
            Series(name, (1 - _TOP, top), (x, x), colour=theme.OUTLINE, line=1.5, dash=Dash.SHORT)
            for x in ends
        ),
    )


def funnel(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw every district by its n within chance and the usual spread."""
    frame, form = exhibit.table.frame, _form(exhibit)
    shown = frame[frame["status"] == Status.SHOWN].sort_values("n")
    scale = scale_of(form)
    found: list[Series] = []
    for name, dash in _LIMITS.items():
        columns = [name] if name == "baseline" else [f"{name}_low", f"{name}_high"]
        for place, each in enumerate(columns):
            limit = Series(
                w(f"deck.limit_{name}"),
                numbers(shown[each], scale),
                numbers(shown["n"]),
                colour=theme.INK if name == "baseline" else theme.OUTLINE,
                line=1.5,
                dash=dash,
                in_legend=place == 0,
            )
            found.append(limit)
    for role in _ROLES:
        part = shown[shown["role"] == role]
        if len(part):
            found.append(_districts(part, role, scale, w))
    axis = _axis_of(tuple(found), form, from_zero=False)
    size = value_axis(numbers(shown["n"]), Format("number"), from_zero=True)
    label = column(exhibit.table, "n").label
    return ChartSpec(
        "scatter",
        tuple(found),
        replace(size, high=round(_BEYOND * float(shown["n"].max())), title=label),
        replace(axis, title=unit_title(form, w), grid=True, line=False),
        first_column=column(exhibit.table, "label").label,
        x_column=label,
    )


def bars(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw a bar a category and series, its value at its end; what is not known is a gap.

    What is made up is hatched, what is planned an outline, and where a figure is more than that, an
    arrow leads on.
    """
    frame, form = exhibit.table.frame, _form(exhibit)
    keys = list(dict.fromkeys(frame["key"]))
    labels = frame.drop_duplicates("key").set_index("key")["label"]
    found = []
    for series, part in frame.groupby("series", sort=False):
        rows = part.set_index("key").reindex(keys)
        is_published = str(series) == "published"
        looks = bar_looks(rows)
        found.append(
            Series(
                str(part["series_label"].iloc[0]),
                numbers(rows["value"], scale_of(form)),
                colour=theme.series_colour(str(series)) if is_published else theme.KIM,
                labels=bar_texts(rows, form, w),
                is_made_up=not is_published and exhibit.source.provenance.is_made_up,
                planned=looks.planned,
                beyond=looks.beyond,
            )
        )
    longest = max((v for each in found for v in each.y if v is not None), default=1.0)
    return ChartSpec(
        "bars",
        tuple(found),
        Axis(),
        Axis(0.0, longest * _ROOM, is_hidden=True, line=False),
        categories=tuple(str(labels[key]) for key in keys),
        first_column=column(exhibit.table, "label").label,
    )


def interval_rows(
    exhibit: Exhibit,
    first: str,
    colour: str,
    w: Words,
    *,
    zone: tuple[Series, ...] = (),
    neutral: float = 0.0,
) -> ChartSpec:
    """Draw each row's value with its interval over ``zone``; a row without one says why.

    Intervals are lines of their own: LibreOffice draws no error bars along the horizontal axis.
    """
    frame, form = exhibit.table.frame, _form(exhibit)
    count = len(frame)
    placed = frame.assign(place=[float(count - i) for i in range(count)])
    shown = placed["status"] == Status.SHOWN
    chosen = placed["key"] == first
    scale = scale_of(form)
    others = _dots(placed[shown & ~chosen], theme.NEUTRAL, 10, scale, w)
    found = [*zone, *others, *_dots(placed[shown & chosen], colour, 13, scale, w)]
    axis = value_axis(tuple(x for each in found for x in each.x), form, from_zero=True)
    texts = [
        str(label) if ok else w("deck.row_without", label=label, reason=reason)
        for label, ok, reason in zip(
            frame["label"], shown, estimate_texts(exhibit.table, w), strict=True
        )
    ]
    places = list(numbers(placed["place"]))
    if zone:  # what it is stands above the rows, where no line crosses it
        texts, places = [zone[0].name, *texts], [count + _TOP, *places]
    names = Series(
        w("deck.rows"),
        tuple(places),
        (axis.low,) * len(places),
        labels=tuple(texts),
        side=Side.LEFT,
        names_rows=True,
        in_legend=False,
    )
    return ChartSpec(
        "scatter",
        (*found, names),
        replace(axis, title=unit_title(form, w), grid=True, crosses=neutral),
        Axis(0.4, count + 0.6, 1.0, "number", is_hidden=True),
        label_share=_LABEL_SHARE if max(map(len, texts)) <= _SHORT else _LONG_SHARE,
        first_column=column(exhibit.table, "label").label,
        x_column=column(exhibit.table, "value").label,
        legend=False,
    )


def _dots(part: pd.DataFrame, colour: str, size: int, scale: float, w: Words) -> list[Series]:
    """Return intervals and values of some rows; empty cells part the intervals."""
    if part.empty:
        return []
    low, high = numbers(part["low"], scale), numbers(part["high"], scale)
    x = [v for a, b in zip(low, high, strict=True) for v in (a, b, None)][:-1]
    y = [v for place in part["place"] for v in (float(place), float(place), None)][:-1]
    name = str(part["label"].iloc[0]) if len(part) == 1 else w("deck.parts")
    interval = w("deck.interval", name=name)
    return [
        Series(interval, tuple(y), tuple(x), colour=colour, line=2.5),
        Series(
            name,
            numbers(part["place"]),
            numbers(part["value"], scale),
            colour=colour,
            marker=Marker.CIRCLE,
            size=size,
        ),
    ]


def _districts(part: pd.DataFrame, role: str, scale: float, w: Words) -> Series:
    is_own = role == "own"
    return Series(
        str(part["label"].iloc[0]) if is_own else w(f"deck.role_{role}"),
        numbers(part["value"], scale),
        numbers(part["n"]),
        colour=theme.OUTLINE if role == "others" else theme.series_colour(role),
        marker=Marker.DIAMOND if is_own else Marker.CIRCLE,
        size={"own": 13, "peers": 9}.get(role, 7),
        is_open=role == "others",
    )


def _form(exhibit: Exhibit) -> Format:
    described = column(exhibit.table, "value")
    return Format(described.kind, described.digits)


def _axis_of(found: tuple[Series, ...], form: Format, *, from_zero: bool = True) -> Axis:
    """Return the axis that holds values and intervals of the series."""
    ends = []
    for each in found:
        ends += [*each.y, *(each.low or ()), *(each.high or ())]
    return value_axis(tuple(ends), form, from_zero=from_zero)
