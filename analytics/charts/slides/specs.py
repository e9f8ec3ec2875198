"""Which chart a slide's exhibit is drawn as."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.charts.slides import courses, points
from analytics.charts.slides.spec import ChartSpec
from analytics.i18n import Words
from analytics.reports.deck import Slide
from analytics.reports.exhibit import Exhibit

_DRAWINGS: Final[Mapping[str, Callable[[Exhibit, Words], ChartSpec]]] = {
    "curve": courses.curve,
    "progress": courses.progress,
    "trend": courses.trend,
    "control": courses.control,
    "bars": points.bars,
    "contributions": points.contributions,
    "estimate": points.estimate,
    "forest": points.forest,
    "funnel": points.funnel,
}


def chart_spec(told: Slide, w: Words) -> ChartSpec:
    """Return the chart that a slide's exhibit is drawn as.

    Raises:
        KeyError: If it is none: a map, a table or text.
        ValueError: If the slide has no exhibit.
    """
    if told.exhibit is None:
        raise ValueError(f"nothing to draw: {told.id}")
    return _DRAWINGS[told.drawing](told.exhibit, w)
