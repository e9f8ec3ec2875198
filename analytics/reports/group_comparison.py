"""Two values side by side, worded as a comparison and never as an effect."""

import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.reports.formatting import Format, estimate_text, nothing_shown
from analytics.reports.indicator_values import row_estimate
from analytics.stats.difference import Difference, difference


def compare_groups(measure: str, frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    """Return title and sentence on both groups, from protected ``key, value, low, high, n``.

    Args:
        measure: Id of the indicator, in days or a share.
        frame: Its values by group.
        w: Language.
    """
    chosen = indicator(measure)
    name = chosen.name[w.language]
    by_group = {str(key): row_estimate(row) for key, row in frame.set_index("key").iterrows()}
    model, comparison = by_group.get(Group.MODEL), by_group.get(Group.COMPARISON)
    if model is None or comparison is None or model.value is None or comparison.value is None:
        return nothing_shown(chosen, frame["status"], w), w("referral.groups_incomparable")
    gap = difference_of(model, comparison)
    is_clear = gap is not None and gap.excludes_zero
    form = Format("number" if chosen.unit == "days" else "share")
    form = form.apart(model.value, comparison.value, w) if is_clear else form
    title = w(
        f"referral.groups_{'title' if is_clear else 'unclear'}_{chosen.unit}",
        model=form.text(model.value, w),
        comparison=form.text(comparison.value, w),
    )
    sentence = w(
        "referral.groups_sentence",
        name=name,
        model=estimate_text(chosen, model, w),
        comparison=estimate_text(chosen, comparison, w),
    )
    return title, sentence


def difference_of(first: Estimate, second: Estimate) -> Difference | None:
    """Return ``first - second`` with its interval, or None where one of them has no interval."""
    bounds = [_bounded(estimate) for estimate in (first, second)]
    if bounds[0] is None or bounds[1] is None:
        return None
    return difference(bounds[0], bounds[1])


def _bounded(estimate: Estimate) -> tuple[float, float, float] | None:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    return float(estimate.value), float(estimate.low), float(estimate.high)
