"""Where the time goes: first contact, need, referral, start."""

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import estimate_text
from analytics.reports.basis.making import Column, Exhibit, internal, readable
from analytics.reports.indicators.assignment import assigned
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import units_column
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.referrals.referral_times import based_on_assigned

STAGES = ("contact_to_need", "referral", "start_after_referral")
_MEDIAN = "median_days_to_referral"


@figure("referral_stages", "referral-times", takes.NEEDS, "stages")
def stages(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the median days of each stage by group.

    Rows ``series, label, stage, stage_label, value, low, high, n, units, status``. Every stage is a
    median of its own clock over the cases that entered it, open ones censored; medians of stages
    do not add up to the median of the whole, and the sentence says so.
    """
    needs = assigned(need_filter)
    parts, queries = [], []
    for stage in STAGES:
        # From the first contact to the need nothing else can end.
        needs_ends = stage != STAGES[0]
        counts, query = clock_counts(
            store, "group", needs, stage, split_by_unit=True, needs_ends=needs_ends
        )
        queries.append(query)
        estimates = clock_estimates(indicator(_MEDIAN), counts)
        parts.append(dimensions.in_order("group", estimates).assign(stage=stage))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(
        series=frame["key"],
        label=[w.label("group", key) for key in frame["key"]],
        stage_label=[w(f"referral.stage_{stage}") for stage in frame["stage"]],
    )
    return based_on_assigned(store, needs, w).exhibit(
        "referral_stages",
        *_finding(frame, w),
        (
            *readable(w, label="dimension.group", stage_label="referral.stage"),
            Column("value", w("referral.stage_days"), "days"),
            *readable(w, "days", low="indicator.low", high="indicator.high"),
            Column("n", w("indicator.n"), "count"),
            units_column(w),
            *internal(w, series="indicator.key", stage="indicator.key", status="indicator.status"),
        ),
        frame,
        indicators=(_MEDIAN, "median_days_to_start"),
        notes=(w("referral.stages_note"), w("indicator.note_units")),
        queries=tuple(queries),
        measure=w("referral.measure_stages"),
    )


def _finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    """Name the longest stage of the comparison group, the larger one, and both medians of it."""
    shown = frame[frame["status"] == Status.SHOWN]
    reference = shown[shown["series"] == Group.COMPARISON]
    if reference.empty:
        protected = (frame["status"] == Status.SUPPRESSED).any()
        title = "referral.stages_title_protected" if protected else "referral.stages_title_empty"
        return w(title), w("referral.groups_incomparable")
    longest = reference.sort_values("value").iloc[-1]
    texts = {}
    for group in (Group.MODEL, Group.COMPARISON):
        rows = frame[(frame["series"] == group) & (frame["stage"] == longest["stage"])]
        texts[str(group)] = (
            estimate_text(indicator(_MEDIAN), row_estimate(rows.iloc[0]), w)
            if len(rows)
            else w("estimate.no_data")
        )
    title = w("referral.stages_title", longest=longest["stage_label"])
    return title, w("referral.stages_sentence", **texts)
