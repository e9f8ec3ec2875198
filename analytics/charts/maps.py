"""Maps of an indicator: districts filled by class, as boundaries or as tiles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from analytics.charts import ground as grounds
from analytics.charts import hover, layers, theme
from analytics.charts.classes import class_breaks, finest_of
from analytics.charts.ground import Ground
from analytics.charts.layers import Look
from analytics.charts.values import column, row_statuses
from analytics.disclosure import ReleasedTable
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format


@dataclass(frozen=True, slots=True)
class Filled:
    """Which look each area has.

    Attributes:
        keys: Areas of the ground.
        looks: What the legend shows.
        chosen: Position in ``looks`` of each area's.
    """

    keys: tuple[str, ...]
    looks: tuple[Look, ...]
    chosen: tuple[int, ...]

    def having(self, pattern: str) -> list[str]:
        """Return the areas whose look has this pattern."""
        return [k for k, i in zip(self.keys, self.chosen, strict=True) if self._is(i, pattern)]

    def _is(self, look: int, pattern: str) -> bool:
        return self.looks[look].pattern == pattern


def choropleth(
    exhibit: Exhibit,
    w: Words,
    *,
    outline_models: bool = True,
    selected: str | None = None,
    ground: Ground | None = None,
) -> go.Figure:
    """Draw the districts in classes of the value; zero, protected and no data look different.

    Args:
        exhibit: AREA rows ``district, label, value, low, high, n, status``. Districts without a
            row have no data.
        w: Words of the language.
        outline_models: Whether the model municipalities are outlined, towns within districts.
        selected: AGS of the district that is outlined as chosen.
        ground: Shapes; the districts' boundaries when None.
    """
    drawn_on = ground or grounds.boundaries()
    table = exhibit.table
    filled = fills(table, drawn_on, w)
    figure = go.Figure()
    figure.add_trace(
        layers.fill(
            drawn_on.areas, filled.keys, filled.looks, filled.chosen, _hovers(table, drawn_on, w)
        )
    )
    if missing := filled.having("/"):
        figure.add_trace(layers.hatching(drawn_on, missing))
    if protected := filled.having("x"):
        figure.add_trace(layers.crosses(drawn_on, protected))
    outlines: list[tuple[str, str]] = []
    if outline_models:
        models = [unit.code for unit in registry().model_units]
        figure.add_traces(layers.outline(drawn_on, models, theme.MODEL, 1.8))
        outlines = [(w.label("group", "model"), theme.MODEL)]
    if selected is not None:
        figure.add_traces(layers.outline(drawn_on, [selected], theme.INK, 3))
    inks = [theme.ink_on(filled.looks[i].fill) for i in filled.chosen]
    figure.add_traces(layers.texts(drawn_on, filled.keys, inks))
    figure.add_traces(layers.legend(filled.looks, outlines))
    base = theme.layout(w, height=theme.MAP_HEIGHT, credit=drawn_on.credit)
    return figure.update_layout(base).update_layout(layers.map_layout(column(table, "value").label))


def tile_map(exhibit: Exhibit, w: Words, *, selected: str | None = None) -> go.Figure:
    """Draw the same as ``choropleth`` with a square of equal size for each district."""
    return choropleth(exhibit, w, selected=selected, ground=grounds.tiles())


def fills(table: ReleasedTable, ground: Ground, w: Words) -> Filled:
    """Return the class of each area of the ground; on paper and slides it is the same."""
    frame = table.frame
    statuses = dict(zip(frame["district"], row_statuses(table), strict=True))
    values = dict(zip(frame["district"], frame["value"].astype(float), strict=True))
    described = column(table, "value")
    positive = np.asarray([v for v in values.values() if np.isfinite(v) and v != 0])
    form = Format(described.kind, described.digits)
    classes = class_breaks(positive, finest=finest_of(form))
    shades = zip(classes.labels(form, w), _shades(len(classes)), strict=True)
    looks = [Look(label, shade) for label, shade in shades]
    special = _special_looks(Format(form.kind).text(0, w), w)
    places = {name: len(looks) + i for i, name in enumerate(special)}
    chosen = [
        _look(statuses.get(key, Status.NO_DATA), values.get(key, np.nan), places)
        for key in ground.keys
    ]
    for i, key in enumerate(ground.keys):
        if chosen[i] < 0:
            chosen[i] = int(classes.of([values[key]])[0])
    return _present(ground.keys, [*looks, *special.values()], chosen, len(looks))


def _special_looks(zero: str, w: Words) -> dict[str, Look]:
    return {
        "zero": Look(zero, theme.ZERO_FILL),
        Status.SUPPRESSED: Look(w("estimate.suppressed"), theme.SUPPRESSED_FILL, "x"),
        Status.NOT_REACHED: Look(w("estimate.not_reached"), theme.INK),
        Status.NO_DATA: Look(w("estimate.no_data"), theme.NO_DATA_FILL, "/"),
    }


def _look(status: Status, value: float, places: dict[str, int]) -> int:
    """Return the place of a special look, or -1 for a value that belongs to a class."""
    if status is not Status.SHOWN:
        return places[status]
    return places["zero"] if value == 0 else -1


def _present(
    keys: tuple[str, ...], looks: Sequence[Look], chosen: Sequence[int], classes: int
) -> Filled:
    """Keep all classes, but only those special looks that occur."""
    kept = [i for i in range(len(looks)) if i < classes or i in chosen]
    moved = {old: new for new, old in enumerate(kept)}
    return Filled(keys, tuple(looks[i] for i in kept), tuple(moved[i] for i in chosen))


def _shades(count: int) -> tuple[str, ...]:
    """Return ``count`` shades that span the ramp."""
    if count <= 1:
        return theme.SEQUENTIAL[2:3] * count
    last = len(theme.SEQUENTIAL) - 1
    return tuple(theme.SEQUENTIAL[round(i * last / (count - 1))] for i in range(count))


def _hovers(table: ReleasedTable, ground: Ground, w: Words) -> list[str]:
    texts = hover.texts(table, w, [(label,) for label in table.frame["label"]])
    known = dict(zip(table.frame["district"], texts, strict=True))
    names = {feature["id"]: feature["properties"]["name"] for feature in ground.areas["features"]}
    missing = w("estimate.no_data")
    return [known.get(key, f"<b>{hover.plain(names[key])}</b><br>{missing}") for key in ground.keys]
