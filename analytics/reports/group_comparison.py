"""Model municipalities and the rest side by side, worded as a comparison and never as an effect."""

import pandas as pd

from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.reports.formatting import estimate_text
from analytics.reports.indicator_values import row_estimate


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
        return w("indicator.title_empty", name=name), w("referral.groups_incomparable")
    rounded = w.number if chosen.unit == "days" else w.percent
    title = w(
        f"referral.groups_title_{chosen.unit}",
        model=rounded(model.value),
        comparison=rounded(comparison.value),
    )
    sentence = w(
        "referral.groups_sentence",
        name=name,
        model=estimate_text(chosen, model, w),
        comparison=estimate_text(chosen, comparison, w),
    )
    return title, sentence
