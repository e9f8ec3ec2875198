"""Two values side by side, worded as a comparison and never as an effect."""

import math
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analytics.disclosure import Column, ColumnKind
from analytics.domain.estimates import Estimate
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format, estimate_text, nothing_shown
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.stats.difference import Bounded, Difference, difference


@dataclass(frozen=True, slots=True)
class Compared:
    """Both groups' values, their difference, and whether it is certain.

    ``finding`` is ``title`` where it is, ``unclear`` where not, ``single`` where one of the groups
    is one unit, so that nothing is compared.
    """

    model: Estimate
    comparison: Estimate
    shown: tuple[float, float]
    gap: Difference | None
    finding: Literal["title", "unclear", "single"]


def compared(frame: pd.DataFrame) -> Compared | None:
    """Compare protected values by group ``key``; None where one of them is not shown."""
    by_group = {str(key): row_estimate(row) for key, row in frame.set_index("key").iterrows()}
    model, comparison = by_group.get(Group.MODEL), by_group.get(Group.COMPARISON)
    if model is None or comparison is None or model.value is None or comparison.value is None:
        return None
    gap, values = difference_of(model, comparison), (float(model.value), float(comparison.value))
    if 1 in (model.units, comparison.units):
        return Compared(model, comparison, values, gap, "single")
    is_clear = gap is not None and gap.excludes_zero
    return Compared(model, comparison, values, gap, "title" if is_clear else "unclear")


def units_column(w: Words) -> Column:
    """Return the column that says how many units a value of a group is pooled over.

    Units are districts and towns, not people: the rule on small counts is not for them.
    """
    return Column("units", w("indicator.units"), "number")


def compare_groups(measure: str, frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    """Return title and sentence on both groups.

    Args:
        measure: Id of the indicator, in days or a share.
        frame: Its protected values by group: ``key, value, low, high, n, units, freedom``.
        w: Language.
    """
    chosen = indicator(measure)
    found = compared(frame)
    if found is None:
        return nothing_shown(chosen, frame["status"], w), w("referral.groups_incomparable")
    model, comparison, gap, finding = found.model, found.comparison, found.gap, found.finding
    form = Format("number" if chosen.unit == "days" else "share")
    form = form.apart(*found.shown, w) if finding == "title" else form
    title = w(
        f"referral.groups_{finding}_{chosen.unit}",
        model=form.text(found.shown[0], w),
        comparison=form.text(found.shown[1], w),
    )
    sentence = w(
        "referral.groups_sentence",
        model=estimate_text(chosen, model, w),
        comparison=estimate_text(chosen, comparison, w),
        gap=w("referral.groups_alone") if finding == "single" else _gap_text(chosen, gap, w),
    )
    return title, sentence


def difference_of(first: Estimate, second: Estimate) -> Difference | None:
    """Return ``first - second`` with its interval, or None where one of them has no interval.

    The two must be independent: of different units, or one of them of a single unit's needs.
    """
    bounds = [_bounded(estimate) for estimate in (first, second)]
    if bounds[0] is None or bounds[1] is None:
        return None
    return difference(bounds[0], bounds[1])


def _gap_text(chosen: Indicator, gap: Difference | None, w: Words) -> str:
    if gap is None:
        return w("referral.groups_gap_open")
    kind: ColumnKind = "days_change" if chosen.unit == "days" else "points"
    form = Format(kind, 1).excluding(gap.low, gap.high, w)
    return w(
        "referral.groups_gap",
        gap=form.text(gap.estimate, w),
        range=form.range(gap.low, gap.high, w),
    )


def _bounded(estimate: Estimate) -> Bounded | None:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    return Bounded(
        float(estimate.value),
        float(estimate.low),
        float(estimate.high),
        math.inf if estimate.freedom is None else estimate.freedom,
        estimate.error,
    )
