"""Which chart an exhibit is drawn as, on slides and in print."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.charts.specs import courses, points
from analytics.charts.specs.spec import ChartSpec
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_DRAWINGS: Final[Mapping[str, Callable[[Exhibit, Words], ChartSpec]]] = {
    "curve": courses.curve,
    "progress": courses.progress,
    "trend": courses.trend,
    "group_trends": courses.trend,
    "control": courses.control,
    "bars": points.bars,
    "contributions": points.contributions,
    "estimate": points.estimate,
    "kim_estimate": points.estimate,
    "forest": points.forest,
    "funnel": points.funnel,
}


def chart_spec(drawing: str, exhibit: Exhibit, w: Words) -> ChartSpec:
    """Return the chart that an exhibit is drawn as.

    Raises:
        KeyError: If ``drawing`` is no chart, but a map or none.
    """
    return _DRAWINGS[drawing](exhibit, w)
