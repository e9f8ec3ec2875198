"""How figures are drawn on a screen, on slides and on paper, by the name they are registered with.

Functions are named and not imported: a page loads the charts that it shows, a document none of
those for screens.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from analytics.charts.specs.spec import ChartSpec
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

if TYPE_CHECKING:
    from analytics.charts.figures import Draw


class Drawing(NamedTuple):
    """The functions that draw a figure, as ``module.function`` of this package.

    Attributes:
        screen: Exhibit and words to a Plotly figure.
        spec: Exhibit and words to what PowerPoint and paper draw; empty for none.
    """

    screen: str
    spec: str = ""


DRAWINGS: Final[Mapping[str, Drawing]] = {
    "answer": Drawing("answer_pictures.answer", "specs.answers.answer"),
    "answer_course": Drawing("first_screen.course", "specs.courses.trend"),
    "area_map": Drawing("figures.areas"),
    "balance": Drawing("balance.balance_dots"),
    "bars": Drawing("bars.bars", "specs.points.bars"),
    "beside": Drawing("pair_rows.pair_rows"),
    "causes": Drawing("causes.cause_curves"),
    "changes": Drawing("forest.changes"),
    "contributions": Drawing("contributions.contribution_bars", "specs.points.contributions"),
    "control": Drawing("control.control_chart", "specs.courses.control"),
    "course_waits": Drawing("ranges.course_waits"),
    "curve": Drawing("curves.referral_curve", "specs.courses.curve"),
    "curve_panels": Drawing("panels.curve_panels"),
    "district_grid": Drawing("district_grid.district_grid"),
    "distributions": Drawing("distributions.unit_boxes"),
    "dose": Drawing("dose.dose_plot"),
    "dots": Drawing("dots.dot_plot"),
    "estimate": Drawing("forest.estimate", "specs.points.estimate"),
    "event_study": Drawing("event_study.event_study"),
    "forest": Drawing("forest.forest", "specs.points.forest"),
    "funnel": Drawing("funnel.funnel_plot", "specs.points.funnel"),
    "gap_panels": Drawing("gaps.gap_panels"),
    "gaps": Drawing("gaps.gap_rows", "specs.points.forest"),
    "group_times": Drawing("group_times.group_time_grid"),
    "group_trends": Drawing("figures.group_trends"),
    "handover_flow": Drawing("flow.handover_flow"),
    "handover_matrix": Drawing("handover_matrix.handover_matrix"),
    "honest": Drawing("honest.honest_curve"),
    "kim_estimate": Drawing("event_time.kim_headline", "specs.points.estimate"),
    "kim_events": Drawing("event_time.kim_events"),
    "levels": Drawing("levels.level_bars"),
    "matched": Drawing("matched.peer_grid"),
    "model_map": Drawing("model_maps.model_map"),
    "path": Drawing("figures.path"),
    "placebo": Drawing("placebo.placebo_draws"),
    "plain_trend": Drawing("trend.trend"),
    "pool": Drawing("pool.control_pool"),
    "progress": Drawing("steps.progress_curves", "specs.courses.progress"),
    "quality_course": Drawing("figures.quality_course"),
    "quality_ranges": Drawing("quality_ranges.quality_ranges"),
    "ring_grid": Drawing("ring_grid.ring_grid"),
    "ring_map": Drawing("ring_map.ring_locator"),
    "rollout": Drawing("figures.rollout_at_cut"),
    "rollout_ranges": Drawing("rollout_ranges.rollout_ranges"),
    "scatter": Drawing("scatter.scatter"),
    "sites": Drawing("site_panels.site_multiples"),
    "stages": Drawing("figures.stages"),
    "timeline": Drawing("timeline.programme_timeline"),
    "trend": Drawing("figures.trend", "specs.courses.trend"),
    "unit_timelines": Drawing("timeline.unit_timelines"),
    "waits": Drawing("dots.dot_plot", "specs.waits.waits"),
    "weights": Drawing("figures.weights"),
}


def on_screen(drawing: str) -> "Draw":
    """Return what draws a figure on a screen; raises KeyError for a name that there is not."""
    return cast("Draw", _function(DRAWINGS[drawing].screen))


def chart_spec(drawing: str, exhibit: Exhibit, w: Words) -> ChartSpec:
    """Return the chart that an exhibit is drawn as on slides and paper.

    Raises:
        KeyError: If ``drawing`` is none, or only for screens.
    """
    if not (path := DRAWINGS[drawing].spec):
        raise KeyError(drawing)
    return cast(ChartSpec, _function(path)(exhibit, w))


@cache
def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    return cast(Callable[..., Any], getattr(import_module(f"analytics.charts.{module}"), name))
