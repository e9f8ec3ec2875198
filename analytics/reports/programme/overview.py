"""The answer first: three sentences computed from the snapshot."""

from dataclasses import dataclass, replace

import pandas as pd

from analytics.disclosure import MIN_COUNT
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group, Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.formatting import Format, interval_text, value_text
from analytics.reports.basis.provenance import source_line
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import difference_of
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.kim.units import rollout_state
from analytics.reports.referrals.referral_times import HEADLINE


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer, and what it is about."""

    topic: str
    text: str


def statements(store: ParquetStore, need_filter: NeedFilter, w: Words) -> tuple[Statement, ...]:
    """Return what is known of the model municipalities, of KIM, and what is uncertain.

    Args:
        store: The snapshot.
        need_filter: Which needs count; the period is that of the model programme. Needs of neither
            group are told of in the last sentence.
        w: Language.
    """
    everybody = replace(need_filter, assigned=False)
    counts, _ = clock_counts(store, "group", everybody, split_by_unit=True)
    return (
        Statement(w("overview.topic_model"), _model_sentence(counts, w)),
        Statement(
            w("overview.topic_kim"), rollout_state(store, Module.CASE_MANAGEMENT, w).title + "."
        ),
        Statement(w("overview.topic_uncertain"), _uncertain(counts, w)),
    )


def uncertain_needs(store: ParquetStore, need_filter: NeedFilter, w: Words) -> str:
    """Return what the data leave open, whatever they are compared with."""
    counts, _ = clock_counts(store, "group", replace(need_filter, assigned=False))
    return _uncertain_sentence(counts, w)


def basis(store: ParquetStore, w: Words) -> SourceLine:
    """Return where the sentences come from."""
    return source_line(store, ("cases", "referrals", "rollout"), w)


def _model_sentence(counts: pd.DataFrame, w: Words) -> str:
    """Put both groups side by side; whether they differ is decided by the interval."""
    chosen = indicator(HEADLINE)
    groups = (Group.MODEL, Group.COMPARISON)
    rows = clock_estimates(chosen, counts[counts["key"].isin(groups)]).set_index("key")
    if (rows["status"] == Status.SUPPRESSED).any():
        return w("overview.model_protected")
    if not set(groups) <= set(rows.index):
        return w("overview.model_unknown")
    model, comparison = (row_estimate(rows.loc[[group]].iloc[0]) for group in groups)
    gap = difference_of(model, comparison)
    if gap is None and 1 not in (model.units, comparison.units):
        return w("overview.model_unknown")
    texts = {
        "model": value_text(chosen, model.value, w),
        "model_interval": interval_text(chosen, model, w),
        "comparison": value_text(chosen, comparison.value, w),
        "comparison_interval": interval_text(chosen, comparison, w),
    }
    if gap is None:
        return w("overview.model_single", **texts)
    bounds = Format("points", 1).excluding(gap.low, gap.high, w)
    if not gap.excludes_zero:
        limits = bounds.range(gap.low, gap.high, w)
        return w("overview.model_alike", range=limits, **texts)
    digits = bounds.digits
    message = "overview.model_more" if gap.estimate > 0 else "overview.model_less"
    return w(
        message,
        **texts,
        points=w.number(100 * abs(gap.estimate), digits),
        low=w.number(100 * min(abs(gap.low), abs(gap.high)), digits),
        high=w.number(100 * max(abs(gap.low), abs(gap.high)), digits),
    )


def _uncertain(counts: pd.DataFrame, w: Words) -> str:
    """Name what the data leave open: where a difference comes from, and which needs."""
    sentence = _uncertain_sentence(counts, w)
    if int(counts["needs"].sum()) < MIN_COUNT:
        return sentence
    return w("overview.uncertain_comparison", open=sentence)


def _uncertain_sentence(counts: pd.DataFrame, w: Words) -> str:
    """Name what the data leave open: needs still open, needs of no group."""
    needs = int(counts["needs"].sum())
    if needs < MIN_COUNT:
        return w("overview.uncertain_few" if needs else "overview.uncertain_empty")
    unassigned = int(counts.loc[counts["key"] == Group.UNASSIGNED, "needs"].sum())
    still_open = int(counts.loc[counts["event"] == 0, "needs"].sum())
    return w(
        "overview.uncertain",
        open=_part(still_open, needs, w),
        unassigned=_part(unassigned, needs, w),
    )


def _part(count: int, total: int, w: Words) -> str:
    """Return a share of all needs in words that give away no count of 1 to 4."""
    if count == 0:
        return w("overview.part_none")
    if count < MIN_COUNT:
        return w("overview.part_few")
    return w("overview.part", share=w.percent(count / total, 1))
