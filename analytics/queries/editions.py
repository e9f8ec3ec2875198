"""What each query may serve where figures are released; one that is not listed serves nothing."""

from enum import StrEnum
from typing import Final


class Told(StrEnum):
    """What becomes of a query's rows in the released edition."""

    PERTURBED = "perturbed"
    """Counts of people, each with the key of its cell: told by ``disclosure/cells.py``."""
    ESTIMATES = "estimates"
    """True counts that only go into estimates which rest on thousands of people."""
    NOT_PEOPLE = "not_people"
    """Posts, modules, money, official figures, definitions, who delivers: nobody is in a row."""
    CLOSED = "closed"
    """Not released: the rows tell of few people, and nothing perturbs them."""


class ClosedQueryError(Exception):
    """A query that is not answered in the released edition."""


QUERIES: Final = {
    Told.PERTURBED: (
        "clock_counts", "proportion_counts", "lag_counts", "district_ratios", "unassigned_needs",
        "strata_clocks", "strata_shares", "end_counts",
        "handover_counts", "handover_days", "way_bodies", "way_sequences", "way_gaps", "way_loops",
        "scan_counts", "process_counts", "process_shares",
    ),
    Told.ESTIMATES: (
        "effect_counts", "hazard_counts", "expected_counts", "reach_counts", "recording_counts",
        "town_shares", "arrival_lags", "case_likeness", "binding_arms", "wait_classes",
    ),
    Told.NOT_PEOPLE: (
        "comparability_breaks", "delivered_areas", "district_facts", "district_milestones",
        "district_posts", "district_structure", "funding_by_year", "kim_starts", "need_span",
        "posts_by_district", "posts_by_quarter", "rollout_milestones", "rollout_module_spans",
        "rollout_progress", "rollout_spans",
    ),
    Told.CLOSED: (
        "data_completeness", "data_timeliness", "delivery_findings", "district_entries",
        "district_findings", "lag_by_quarter", "latest_findings", "quality_by_quarter",
        "waiting_moments",
    ),
}  # fmt: skip


def told(query: str) -> Told:
    """Return what becomes of a query's rows; closed where nobody has decided."""
    return next((kind for kind, names in QUERIES.items() if query in names), Told.CLOSED)
