"""The roll-out on the map: how far each KIM unit had come, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import ground as grounds
from analytics.charts import hover, layers, theme
from analytics.charts.ground import Ground
from analytics.charts.layers import Look
from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Milestone
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_MILESTONES: Final = tuple(Milestone)
_FRAME_MS: Final = 450
_CONTROLS_HEIGHT: Final = 128
_FOOT_LINE: Final = 17
_FOOT_PAD: Final = 8
_UNDATED: Final = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Rollout:
    """How far units were: months reached by unit (rows) and milestone (columns)."""

    reached: pd.DataFrame
    known: "pd.Series[bool]"
    names: Mapping[str, str]

    def months(self) -> list[date]:
        """Return every month from the first milestone to the last."""
        values = self.reached.to_numpy().ravel()
        days = pd.to_datetime(pd.Series(values)).dropna()
        if days.empty:
            return []
        every = pd.date_range(days.min(), days.max(), freq="MS")
        return [month.date() for month in every]

    def states(self, month: date) -> dict[str, int]:
        """Return how many milestones each unit had behind it, counted by the furthest."""
        by_month = (self.reached <= pd.Timestamp(month)).to_numpy()
        furthest = (by_month * np.arange(1, by_month.shape[1] + 1)).max(axis=1, initial=0)
        return dict(zip(self.reached.index.astype(str), furthest.tolist(), strict=True))


def rollout_map(
    exhibit: Exhibit, w: Words, month: date, *, ground: Ground | None = None
) -> go.Figure:
    """Draw the state of all units in one month.

    Args:
        exhibit: Rows ``unit, district, label, milestone, reached_on, status``; ``reached_on`` is
            the first of a month, missing where not reached.
        w: Words of the language.
        month: First of the month.
        ground: Shapes of the units; the KIM units' boundaries when None.
    """
    drawn_on = ground or grounds.kim_units()
    rollout = _rollout(exhibit)
    looks = _looks(rollout, w)
    figure = go.Figure(_traces(rollout, drawn_on, looks, month, w))
    base = theme.layout(exhibit.source, w, height=theme.MAP_HEIGHT, credit=drawn_on.credit)
    return figure.update_layout(base).update_layout(layers.map_layout(w.month(month)))


def rollout_film(exhibit: Exhibit, w: Words, *, ground: Ground | None = None) -> go.Figure:
    """Draw the roll-out with a play control and a slider, opened on the last month.

    Polygons travel once; each month's frame carries nothing but the states.

    Args:
        exhibit: As for ``rollout_map``.
        w: Words of the language.
        ground: Shapes of the units; the KIM units' boundaries when None.
    """
    drawn_on = ground or grounds.kim_units()
    rollout = _rollout(exhibit)
    months = rollout.months()
    if not months:
        empty = rollout_map(exhibit, w, exhibit.source.as_of or _UNDATED, ground=drawn_on)
        return empty.update_layout(legend_title_text="")
    looks = _looks(rollout, w)
    figure = go.Figure(_traces(rollout, drawn_on, looks, months[-1], w))
    figure.frames = [
        go.Frame(
            name=f"{month:%Y-%m}",
            data=[{"type": "choropleth", "z": _states(rollout, drawn_on, looks, month)}],
            traces=[0],
        )
        for month in months
    ]
    height = theme.MAP_HEIGHT + _CONTROLS_HEIGHT
    base = theme.layout(exhibit.source, w, height=height, credit=drawn_on.credit)
    figure.update_layout(base).update_layout(layers.map_layout())
    # Plotly reserves no room for the foot below a slider: both are given theirs here.
    breaks = base["title"]["text"].count("<br>")
    return figure.update_layout(
        updatemenus=[_buttons(w)],
        sliders=[_slider(months, w)],
        title_automargin=False,
        title_pad_b=_FOOT_PAD + _FOOT_LINE * breaks,
        margin_b=_CONTROLS_HEIGHT + _FOOT_LINE * (breaks + 1),
    )


def _rollout(exhibit: Exhibit) -> _Rollout:
    frame = exhibit.table.frame
    dated = frame.assign(reached_on=pd.to_datetime(frame["reached_on"]))
    by_milestone = dated.set_index(["unit", "milestone"])["reached_on"].unstack()  # noqa: PD010
    reached = by_milestone.reindex(columns=[m.value for m in _MILESTONES]).astype("datetime64[ns]")
    known = (frame["status"] != Status.NO_DATA).groupby(frame["unit"]).any()
    names = dict(zip(frame["unit"].astype(str), frame["label"].astype(str), strict=True))
    return _Rollout(reached, known, names)


def _looks(rollout: _Rollout, w: Words) -> list[Look]:
    steps = zip(_MILESTONES, theme.KIM_STEPS, strict=True)
    looks = [Look(w("chart.not_applied"), theme.ZERO_FILL)]
    looks += [Look(w.label("milestone", m), colour) for m, colour in steps]
    if not rollout.known.all():
        looks.append(Look(w("estimate.no_data"), theme.NO_DATA_FILL, "/"))
    return looks


def _states(rollout: _Rollout, ground: Ground, looks: Sequence[Look], month: date) -> list[int]:
    states, missing = rollout.states(month), len(looks) - 1
    return [states[key] if rollout.known.get(key, False) else missing for key in ground.keys]


def _traces(
    rollout: _Rollout, ground: Ground, looks: Sequence[Look], month: date, w: Words
) -> list[Any]:
    states = _states(rollout, ground, looks, month)
    filled = layers.fill(ground.areas, ground.keys, looks, states, _hovers(rollout, ground, w))
    missing = [key for key in ground.keys if not rollout.known.get(key, False)]
    hatched = [layers.hatching(ground, missing)] if missing else []
    return [filled, *hatched, *layers.legend(looks)]


def _hovers(rollout: _Rollout, ground: Ground, w: Words) -> list[str]:
    names = {feature["id"]: feature["properties"]["name"] for feature in ground.areas["features"]}
    return [
        "<br>".join([f"<b>{hover.plain(rollout.names.get(key, names[key]))}</b>", *lines])
        for key in ground.keys
        for lines in [_reached_lines(rollout, key, w)]
    ]


def _reached_lines(rollout: _Rollout, key: str, w: Words) -> list[str]:
    if not rollout.known.get(key, False):
        return [w("estimate.no_data")]
    months = rollout.reached.loc[key]
    texts = [
        w("chart.since", what=w.label("milestone", m), month=w.month(months[m.value].date()))
        for m in _MILESTONES
        if not pd.isna(months[m.value])
    ]
    return texts or [w("chart.not_applied")]


def _buttons(w: Words) -> dict[str, Any]:
    play = {"frame": {"duration": _FRAME_MS, "redraw": True}, "transition": {"duration": 0}}
    stop = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate"}
    return {
        "type": "buttons",
        "direction": "right",
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 8, "r": 8},
        "font": {"size": theme.TEXT_SIZE},
        "bgcolor": theme.PAPER,
        "bordercolor": theme.OUTLINE,
        "buttons": [
            {"label": f"▶ {w('chart.play')}", "method": "animate", "args": [None, play]},
            {"label": w("chart.pause"), "method": "animate", "args": [[None], stop]},
        ],
    }


def _slider(months: Sequence[date], w: Words) -> dict[str, Any]:
    jump = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate"}
    return {
        "active": len(months) - 1,
        "x": 0,
        "len": 1,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 48, "b": 4, "l": 28, "r": 28},
        "ticklen": 0,
        "font": {"size": theme.FOOT_SIZE, "color": theme.MUTED},
        "currentvalue": {
            "xanchor": "right",
            "font": {"size": theme.TEXT_SIZE + 4, "color": theme.INK},
        },
        "steps": [
            {"label": w.month(month), "method": "animate", "args": [[f"{month:%Y-%m}"], jump]}
            for month in months
        ],
    }
