"""How figures are drawn on a screen, by the name that they are registered with."""

from collections.abc import Mapping
from typing import Final

from analytics.charts import figures
from analytics.charts.balance import balance_dots
from analytics.charts.bars import bars
from analytics.charts.contributions import contribution_bars
from analytics.charts.control import control_chart
from analytics.charts.curves import referral_curve
from analytics.charts.distributions import unit_boxes
from analytics.charts.dose import dose_plot
from analytics.charts.dots import dot_plot
from analytics.charts.event_study import event_study
from analytics.charts.event_time import kim_events, kim_headline
from analytics.charts.figures import Draw
from analytics.charts.forest import estimate, forest
from analytics.charts.funnel import funnel_plot
from analytics.charts.group_times import group_time_grid
from analytics.charts.honest import honest_curve
from analytics.charts.levels import level_bars
from analytics.charts.matched import peer_grid
from analytics.charts.model_maps import model_map
from analytics.charts.panels import curve_panels
from analytics.charts.placebo import placebo_draws
from analytics.charts.pool import control_pool
from analytics.charts.quality_ranges import quality_ranges
from analytics.charts.ranges import course_waits
from analytics.charts.ring_grid import ring_grid
from analytics.charts.ring_map import ring_locator
from analytics.charts.rollout_ranges import rollout_ranges
from analytics.charts.site_panels import site_multiples
from analytics.charts.stages import stages
from analytics.charts.steps import progress_curves
from analytics.charts.timeline import programme_timeline, unit_timelines
from analytics.charts.trend import trend

ON_SCREEN: Final[Mapping[str, Draw]] = {
    "area_map": figures.area_map("areas", None),
    "balance": balance_dots,
    "bars": bars,
    "contributions": contribution_bars,
    "control": control_chart,
    "course_waits": course_waits,
    "curve": referral_curve,
    "curve_panels": curve_panels,
    "distributions": unit_boxes,
    "dose": dose_plot,
    "dots": dot_plot,
    "estimate": estimate,
    "event_study": event_study,
    "forest": forest,
    "funnel": funnel_plot,
    "group_times": group_time_grid,
    "group_trends": figures.group_trends,
    "honest": honest_curve,
    "kim_estimate": kim_headline,
    "kim_events": kim_events,
    "levels": level_bars,
    "matched": peer_grid,
    "model_map": model_map,
    "path": figures.path,
    "placebo": placebo_draws,
    "plain_trend": trend,
    "pool": control_pool,
    "progress": progress_curves,
    "quality_course": figures.quality_course,
    "quality_ranges": quality_ranges,
    "ring_grid": ring_grid,
    "ring_map": ring_locator,
    "rollout": figures.rollout_at_cut,
    "rollout_ranges": rollout_ranges,
    "sites": site_multiples,
    "stages": stages,
    "timeline": programme_timeline,
    "trend": figures.trend,
    "unit_timelines": unit_timelines,
    "weights": figures.weights,
}

MAPS: Final = frozenset({"area_map", "model_map", "ring_map", "rollout"})
"""Drawings that are maps: their menu has other controls."""
