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
from analytics.reports.basis.exhibit import Exhibit

_MILESTONES: Final = tuple(Milestone)


@dataclass(frozen=True, slots=True, eq=False)
class _Rollout:
    """How far units were: months reached by unit (rows) and milestone (columns)."""

    reached: pd.DataFrame
    known: "pd.Series[bool]"
    names: Mapping[str, str]

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
    base = theme.layout(w, height=theme.MAP_HEIGHT, credit=drawn_on.credit)
    return figure.update_layout(base).update_layout(layers.map_layout(w.month(month)))


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
