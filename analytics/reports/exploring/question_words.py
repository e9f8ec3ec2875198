"""A question in words: what is asked, by what, of whom, and compared with what."""

from analytics.domain.indicators import indicator
from analytics.domain.inquiry import WHOLE, Groups, Inquiry
from analytics.i18n import Words
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.selection import chosen_texts, period_text


def in_words(asked: Inquiry, w: Words) -> str:
    """Return ``Anteil … nach Angebotsbereich, 2017 bis 2019 gegenüber 2015 bis 2016``."""
    name = indicator(asked.indicator).name[w.language]
    named = [w(f"dimension.{each}") for each in (asked.rows, asked.columns) if each != WHOLE]
    by = w("explore.by", dimensions=w.join(named)) if named else ""
    when = period_text(asked.needs.period, w)
    if asked.against is not None:
        when = w("explore.against", now=when, before=period_text(asked.against, w))
    whom = [f"{field}: {codes}" for field, codes in chosen_texts(asked.needs.chosen, w)]
    compared = [groups_text(asked.groups, w)] if asked.groups else []
    if asked.is_beside_alike:
        compared.append(w("explore.beside_alike"))
    return ", ".join([f"{name}{by}", *compared, *whom, when])


def groups_text(groups: Groups, w: Words) -> str:
    """Return ``weiblich gegenüber männlich``."""
    first, second = (code_label(groups.field, code, w) for code in (groups.first, groups.second))
    return w("explore.against", now=first, before=second)


def code_label(dimension: str, code: str, w: Words) -> str:
    """Return what people call a code of a dimension; empty for the whole."""
    return "" if dimension == WHOLE else label(dimension, code, w)


def cell_label(asked: Inquiry, key: str, series: str, w: Words) -> str:
    """Return what people call a cell: its row, and its column if there are any."""
    named = ((asked.rows, key), (asked.columns, series))
    parts = [code_label(each, code, w) for each, code in named if each != WHOLE]
    return ", ".join(parts) if parts else w("dimension.state")
