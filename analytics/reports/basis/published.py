"""Published figures in words: how exact they are and what date they are about."""

from collections.abc import Iterable

from analytics.domain.areas import registry
from analytics.domain.programme import Fact, PartialDate, Qualifier
from analytics.i18n import Words


def qualified(text: str, qualifier: Qualifier, w: Words) -> str:
    """Return a figure with the word for how exact it is: ``über 65 Mio. €``."""
    if qualifier is Qualifier.EXACT:
        return text
    return w(f"published.{qualifier}", figure=text)


def date_text(day: PartialDate | None, w: Words) -> str:
    """Return a day, month or year as published, or that there is no date."""
    if day is None:
        return w("published.undated")
    if day.month is None:
        return str(day.year)
    return w.month(day.first_day) if day.day is None else w.date(day.first_day)


def numbers(facts: Iterable[Fact]) -> tuple[int, ...]:
    """Return the numbers of the sources of these facts, each once, in order."""
    return tuple(sorted({number for fact in facts for number in fact.sources}))


def bracketed(fact: Fact) -> str:
    """Return the numbers of a fact's sources as they stand behind it: ``[0] [18]``."""
    return " ".join(f"[{number}]" for number in fact.sources)


def place_name(ags: str) -> str:
    """Return the name of the district, KIM unit or municipality with this key."""
    areas = registry()
    names = {unit.ags: unit.name for unit in areas.kim_units}
    return names.get(ags) or areas.municipality(ags).name
