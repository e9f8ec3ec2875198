"""What a filter selects, in words: beside figures that hold for it and nothing else."""

from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.i18n import Words


def selection_text(need_filter: NeedFilter, w: Words) -> str:
    """Return ``Sprache, Jobcenter, 2017 bis 2019``: what is chosen, and always the period."""
    chosen = {
        "offer_area": need_filter.offer_areas,
        "group": need_filter.groups,
        "provider": need_filter.providers,
        "legal_regime": need_filter.legal_regimes,
    }
    parts = [
        w.join([w.label(code_list, code) for code in codes])
        for code_list, codes in chosen.items()
        if codes
    ]
    return ", ".join([*parts, period_text(need_filter.period, w)])


def period_text(period: Period, w: Words) -> str:
    """Return ``2019``, ``2017 bis 2019`` or, where years are not whole, the months."""
    first, last = period.first, period.last
    if first.number != 1 or last.number != 12:
        texts = [w.month(first.first_day), w.month(last.first_day)]
    else:
        texts = [str(first.year), str(last.year)]
    if texts[0] == texts[1]:
        return texts[0]
    return w("indicator.period", first=texts[0], last=texts[1])
