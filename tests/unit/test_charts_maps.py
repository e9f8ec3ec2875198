"""Maps: classes, looks and frames follow the table; polygons travel once."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from chart_exhibits import LABEL, NONE, area, exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts import ground, theme
from analytics.charts.classes import MOST, class_breaks, finest_of
from analytics.charts.maps import choropleth, tile_map
from analytics.charts.model_maps import model_map
from analytics.charts.rollout_maps import rollout_map
from analytics.disclosure import Column
from analytics.domain.areas import registry
from analytics.domain.vocabulary import Milestone
from analytics.i18n import words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

DE, EN = words("de"), words("en")
MILESTONES = [m.value for m in Milestone]


def test_classes_are_round_and_hold_every_value() -> None:
    values = np.linspace(0.203, 0.718, 53)
    classes = class_breaks(values)
    assert len(classes) == MOST
    assert classes.edges == (0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
    assert set(classes.of(values)) == set(range(MOST))
    assert classes.labels(Format("share", 1), DE)[0] == "20\u00a0% bis unter 30\u00a0%"
    assert classes.labels(Format("share", 1), EN)[-1] == "60% to 80%"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=60))
def test_classes_cover_any_values(values: list[float]) -> None:
    classes = class_breaks(values)
    assert 1 <= len(classes) <= MOST
    assert list(classes.edges) == sorted(set(classes.edges))
    found = classes.of(values)
    assert found.min() >= 0
    assert found.max() < len(classes)
    assert classes == class_breaks(list(reversed(values)))


def test_classes_of_nothing_and_of_equal_values() -> None:
    assert len(class_breaks([NONE])) == 0
    assert class_breaks([NONE]).of([1.0]).tolist() == [-1]
    assert len(class_breaks([3.0, 3.0])) == 1
    with pytest.raises(ValueError, match="at least one class"):
        class_breaks([1.0], most=0)


@pytest.mark.parametrize(
    ("form", "values"),
    [
        (Format("days"), np.linspace(4.0, 12.7, 53)),
        (Format("share", 1), np.linspace(0.912, 0.941, 53)),
        (Format("number", 1), np.linspace(0.0, 0.9, 53)),
        (Format("money"), np.linspace(1e6, 1e6 + 3, 53)),
    ],
)
def test_no_break_is_finer_than_the_values_are_written(form: Format, values: np.ndarray) -> None:
    classes = class_breaks(values, finest=finest_of(form))
    written = [form.text(edge, DE) for edge in classes.edges]
    steps = np.asarray(classes.edges) / finest_of(form)
    assert len(set(written)) == len(written) or form.kind == "money"
    assert np.allclose(steps, np.round(steps))
    assert set(classes.of(values)) <= set(range(len(classes)))


def test_values_that_are_written_alike_make_one_class() -> None:
    form = Format("share", 1)
    classes = class_breaks([0.99998, 1.0, 1.0], finest=finest_of(form))
    assert classes.labels(form, DE) == ["100,0\u00a0%"]


def test_map_fills_every_district_and_looks_differ() -> None:
    figure = choropleth(area(), DE)
    fill = figure.data[0]
    assert list(fill.locations) == [d.ags for d in registry().districts]
    names = [t.name for t in figure.data if t.type == "bar"]
    zero, suppressed, missing = fill.z[:3]
    assert [names[i] for i in (zero, suppressed, missing)] == [
        "0\u00a0%",
        "geschützt",
        "keine Daten",
    ]
    colours = [stop[1] for stop in fill.colorscale][::2]
    assert colours[zero] == theme.ZERO_FILL
    assert colours[suppressed] == theme.SUPPRESSED_FILL
    assert not {theme.ZERO_FILL, theme.SUPPRESSED_FILL} & set(theme.SEQUENTIAL)


def test_map_hatches_no_data_and_crosses_protected() -> None:
    figure = choropleth(area(), DE)
    hatch, cross = figure.data[1], figure.data[2]
    assert (hatch.mode, hatch.line.color) == ("lines", theme.NO_DATA_HATCH)
    assert (cross.mode, len(cross.lon)) == ("markers", 1)
    plain = choropleth(area(hidden=False), DE, outline_models=False)
    assert [t.type for t in plain.data if t.type != "bar"] == ["choropleth"]
    assert "geschützt" not in {t.name for t in plain.data}


def test_map_tells_no_hidden_figure() -> None:
    texts = choropleth(area(), DE).data[0].hovertext
    assert "geschützt" in texts[1]
    assert "%" not in texts[1] + texts[2]
    assert "0,0\u00a0%" in texts[0]


def test_map_draws_svg_only_and_credits_the_source() -> None:
    figure = choropleth(area(), DE, selected="05315")
    assert {t.type for t in figure.data} <= {"choropleth", "scattergeo", "bar", "scatter"}
    assert "GeoBasis-DE / BKG 2016" in theme.credit_of(figure)
    assert theme.credit_of(tile_map(area(), DE)) == ""
    assert figure.layout.geo.fitbounds == "locations"
    assert figure.layout.geo.visible is False
    lines = [t.line.color for t in figure.data if t.type == "scattergeo" and t.mode == "lines"]
    assert lines[-1] == theme.INK
    assert theme.MODEL in lines


def test_tiles_have_the_same_classes_as_the_map() -> None:
    by_shape, by_tile = choropleth(area(), DE).data[0], tile_map(area(), DE).data[0]
    shapes = dict(zip(by_shape.locations, by_shape.z, strict=True))
    assert shapes == dict(zip(by_tile.locations, by_tile.z, strict=True))


def test_tiles_do_not_overlap() -> None:
    corners = {
        feature["geometry"]["coordinates"][0][0] for feature in ground.tiles().areas["features"]
    }
    assert len(corners) == len(registry().districts)


def test_rings_run_clockwise() -> None:
    for shapes in (ground.boundaries(), ground.kim_units(), ground.tiles()):
        for feature in shapes.areas["features"]:
            geometry = feature["geometry"]
            polygons = geometry["coordinates"]
            outer = polygons[0] if geometry["type"] == "Polygon" else polygons[0][0]
            x, y = np.asarray(outer).T
            assert np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) < 0


def test_kim_units_have_shapes_of_their_own() -> None:
    assert set(ground.kim_units().keys) == {unit.ags for unit in registry().kim_units}


def rollout() -> Exhibit:
    rows = []
    for i, unit in enumerate(registry().kim_units):
        for step, milestone in enumerate(MILESTONES):
            reached = pd.Timestamp(2021, 1 + 2 * step, 1) if i else pd.NaT
            status = "shown" if i else "no_data"
            if i == 1 and step:
                reached, status = pd.NaT, "not_reached"
            rows.append((unit.ags, unit.district, unit.name, milestone, reached, status))
    return exhibit("unit district label milestone reached_on status", rows, (LABEL,))


def test_rollout_map_shows_the_furthest_milestone() -> None:
    states = rollout_map(rollout(), DE, date(2021, 3, 1)).data[0].z
    assert set(states[2:]) == {2}
    assert states[1] == 1
    assert states[0] == len(MILESTONES) + 1  # no data
    before = rollout_map(rollout(), DE, date(2020, 1, 1)).data[0].z
    assert set(before[1:]) == {0}


def test_rollout_map_names_its_month_and_says_when_steps_were_reached() -> None:
    figure = rollout_map(rollout(), DE, date(2021, 3, 1))
    assert figure.layout.legend.title.text == DE.month(date(2021, 3, 1))
    assert not figure.frames
    assert not figure.layout.sliders
    assert DE.month(date(2021, 1, 1)) in figure.data[0].hovertext[2]


def test_model_map_marks_towns_as_towns() -> None:
    rows = [(u.code, u.name, "Ziel") for u in registry().model_units]
    columns = (LABEL, Column("focus", "Schwerpunkt"))
    figure = model_map(exhibit("unit label focus", rows, columns), DE)
    districts, towns = [t for t in figure.data if t.type == "choropleth"]
    assert sum(districts.z) + len(towns.locations) == len(registry().model_units)
    assert all(len(key) == 8 for key in towns.locations)
    labels = next(t for t in figure.data if t.type == "scattergeo" and t.text)
    assert len(labels.text) == len(registry().model_units)
    assert "Ziel" in towns.hovertext[0]
