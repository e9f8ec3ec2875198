"""Published facts in words: dates as exact as they are known, figures with their qualifier."""

from analytics.domain.partial_dates import PartialDate
from analytics.domain.programme_types import (
    CourseWait,
    Event,
    Funding,
    Lane,
    Measure,
    ModelSite,
    Participants,
    Qualifier,
    Statistic,
)
from analytics.i18n.words import Words


def partial_date(day: PartialDate | None, w: Words) -> str:
    """Return a day, month or year as exactly as it is known, or ``undated``."""
    if day is None:
        return w("programme.undated")
    if day.month is None:
        return str(day.year)
    return w.month(day.first_day) if day.day is None else w.date(day.first_day)


def qualified(value: str, qualifier: Qualifier, w: Words) -> str:
    """Return a formatted figure with how exact it is, such as ``über 300``."""
    return w(f"programme.qualifier_{qualifier}", value=value)


def funding_amount(fact: Funding, w: Words) -> str:
    """Return the amount with its qualifier, whether it recurs, and whether it was planned."""
    amount = qualified(w.money(fact.amount_eur), fact.qualifier, w)
    if fact.per_year:
        amount = w("programme.per_year", amount=amount)
    return w("programme.planned", amount=amount) if fact.planned else amount


def course_wait(fact: CourseWait, w: Words) -> str:
    """Return the published waiting time in its own unit, such as ``4,3–5,2 Monate``."""
    digits = 0 if fact.low.is_integer() and fact.high.is_integer() else 1
    values = dict.fromkeys(w.number(value, digits) for value in (fact.low, fact.high))
    value = w(f"programme.unit_{fact.unit}", value="–".join(values))
    return qualified(value, fact.qualifier, w)


def event_date(event: Event, w: Words) -> str:
    """Return when the event was, or from when to when it lasted."""
    start = partial_date(event.date, w)
    if event.end is None:
        return start
    return w("programme.span", start=start, end=partial_date(event.end, w))


def site_focus(site: ModelSite, w: Words) -> str:
    """Return what the site worked on, or that no source tells."""
    focus = site.focus
    return focus.in_language(w.language) if focus else w("programme.not_found")


def site_start(site: ModelSite, w: Words) -> str:
    """Return when the site started, or that no source tells."""
    return partial_date(site.start, w) if site.start else w("programme.not_found")


def lane_label(lane: Lane, w: Words) -> str:
    """Return the name of a line of the timeline."""
    return w(f"programme.lane_{lane}")


def measure_label(measure: Measure, w: Words) -> str:
    """Return what is waited for."""
    return w(f"programme.measure_{measure}")


def statistic_label(statistic: Statistic, w: Words) -> str:
    """Return which average a waiting time is."""
    return w(f"programme.statistic_{statistic}")


def participants_label(group: Participants, w: Words) -> str:
    """Return whose waiting time it is."""
    return w(f"programme.group_{group}")
