"""What a filter selects, in words: beside figures that hold for it and nothing else."""

from analytics.domain.filters import Chosen, NeedFilter
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.basis import dimensions


def selection_text(need_filter: NeedFilter, w: Words) -> str:
    """Return ``Sprache, Jobcenter, 2017 bis 2019``: what is chosen, and always the period."""
    parts = [text for _, text in chosen_texts(need_filter.chosen, w)]
    return ", ".join([*parts, period_text(need_filter.period, w)])


def chosen_texts(chosen: Chosen, w: Words) -> list[tuple[str, str]]:
    """Return the name of each field, and its codes as people read them."""
    return [
        (w(f"dimension.{name}"), w.join([dimensions.label(name, code, w) for code in codes]))
        for name, codes in chosen
    ]


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
