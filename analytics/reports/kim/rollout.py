"""The KIM roll-out: how far it has come, who works there, what it costs.

One name for the page and the documents; the exhibits live in the ``kim_…`` modules.
"""

from analytics.reports.kim.funding import funding
from analytics.reports.kim.posts import FILLED, FUNDED, posts
from analytics.reports.kim.published_posts import published_posts
from analytics.reports.kim.timelines import RUNNING, unit_timelines
from analytics.reports.kim.units import NOT_BEGUN, Order, half_month, progress, rollout_state

__all__ = [
    "FILLED",
    "FUNDED",
    "NOT_BEGUN",
    "RUNNING",
    "Order",
    "funding",
    "half_month",
    "posts",
    "progress",
    "published_posts",
    "rollout_state",
    "unit_timelines",
]
