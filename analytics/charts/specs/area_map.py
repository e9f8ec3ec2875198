"""A map before it is drawn: areas with their look and text, outlines, legend."""

from dataclasses import dataclass

from analytics.charts.ground import boundaries
from analytics.charts.layers import Look
from analytics.charts.maps import fills
from analytics.charts.values import column
from analytics.domain.areas import registry
from analytics.domain.indicators import indicator
from analytics.geography.boundaries import Feature
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import estimate_text
from analytics.reports.indicators.indicator_estimates import row_estimate


@dataclass(frozen=True, slots=True)
class Area:
    """A district in the look of its value; ``text`` is its name and value, or why there is none."""

    feature: Feature
    look: Look
    text: str


@dataclass(frozen=True, slots=True)
class MapSpec:
    """A map.

    Attributes:
        title: What is mapped, above the legend.
        areas: Every district.
        outlined: Districts and towns of the model programme.
        looks: Entries of the legend.
        outlined_label: What the legend calls the outlined ones.
    """

    title: str
    areas: tuple[Area, ...]
    outlined: tuple[Feature, ...]
    looks: tuple[Look, ...]
    outlined_label: str


def map_spec(exhibit: Exhibit, w: Words) -> MapSpec:
    """Return the districts in classes of the value, as the dashboard's map has them."""
    ground = boundaries()
    filled = fills(exhibit.table, ground, w)
    texts = _texts(exhibit, w)
    features = ground.areas["features"]
    areas = tuple(
        Area(
            feature,
            filled.looks[look],
            texts.get(feature["id"], f"{name_of(feature)}: {w('estimate.no_data')}"),
        )
        for feature, look in zip(features, filled.chosen, strict=True)
    )
    codes = {unit.code for unit in registry().model_units}
    every = (*features, *ground.towns["features"])
    return MapSpec(
        column(exhibit.table, "value").label,
        areas,
        tuple(feature for feature in every if feature["id"] in codes),
        filled.looks,
        w.label("group", "model"),
    )


def name_of(feature: Feature) -> str:
    """Return the name of an area."""
    return feature["properties"]["name"]


def _texts(exhibit: Exhibit, w: Words) -> dict[str, str]:
    """Return for each district its name and value with interval, or why there is none."""
    chosen = indicator(exhibit.indicators[0])
    return {
        str(row["district"]): f"{row['label']}: {estimate_text(chosen, row_estimate(row), w)}"
        for _, row in exhibit.table.frame.iterrows()
    }
