"""Published facts as exhibits: the twelve model sites, the time line, course waiting times."""

import pandas as pd

from analytics.domain.areas import EvaluationUnit, registry
from analytics.domain.partial_dates import PartialDate
from analytics.domain.programme import CourseWait, Event, Fact, Lane, facts
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, internal, readable
from analytics.reports.basis.provenance import citation, published_source
from analytics.reports.basis.published import date_text, qualified

_LANES = (Lane.MODEL, Lane.KIM, Lane.LAW)


@figure("model_sites", "overview", takes.PUBLISHED, "model_map")
def model_map(w: Words) -> Exhibit:
    """Return the model sites: ``unit, label, kind, district, start, focus, source``.

    ``kind`` is ``district`` or ``town``; what no source tells is said so.
    """
    units = registry().model_units
    frame = pd.DataFrame([_site(unit, w) for unit in units])
    towns = sum(unit.kind == "town" for unit in units)
    title = w("programme.map_title", sites=len(units), districts=len(units) - towns, towns=towns)
    columns = (
        *readable(w, label="programme.site", start="programme.start"),
        *readable(w, focus="programme.focus", source="programme.source"),
        *internal(w, unit="indicator.key", kind="programme.kind", district="dimension.district"),
    )
    names = w.join([unit.name for unit in units])
    below = w("programme.measure_sites")
    return _based_on(facts().sites, w).exhibit(
        "model_sites", title, names + ".", columns, frame, measure=below
    )


@figure("programme_timeline", "overview", takes.PUBLISHED, "timeline")
def timeline(w: Words) -> Exhibit:
    """Return the events of both programmes and the legal steps; local ones are left out.

    Rows ``lane, lane_label, when, label, start, end, kind, source``, lane by lane; ``when`` is the
    date as exactly as published, ``end`` the last day meant.
    """
    events = tuple(event for lane in _LANES for event in facts().timeline(lane))
    rows = [_event(event, event.date, w) for event in events if event.date is not None]
    columns = (
        *readable(w, lane_label="programme.lane", when="programme.period"),
        *readable(w, label="programme.event", source="programme.source"),
        Column("lane", w("indicator.key"), internal=True),
        Column("start", w("programme.start"), "date", internal=True),
        Column("end", w("programme.end"), "date", internal=True),
        Column("kind", w("programme.kind"), internal=True),
    )
    conflict = facts().conflict("model_programme_end")
    claims = [f"{c.text.in_language(w.language)} [{c.sources[0]}]" for c in conflict.claims]
    note = w(
        "programme.conflict",
        question=conflict.question.in_language(w.language),
        claims="; ".join(claims),
    )
    return _based_on(events, w).exhibit(
        "programme_timeline",
        w("programme.timeline_title"),
        w("programme.timeline_sentence"),
        columns,
        pd.DataFrame(rows),
        notes=(note,),
        measure=w("programme.measure_timeline"),
    )


@figure("course_waits", "referral-times", takes.PUBLISHED, "course_waits")
def course_waits(w: Words) -> Exhibit:
    """Return published waiting times of integration courses in Germany, as published.

    Rows ``period, measure, group, statistic, published, days_low, days_high, source``; the days
    are converted for one scale.
    """
    waits = facts().course_waits
    columns = (
        Column("period", w("programme.period")),
        *readable(w, measure="programme.measure", group="programme.participants"),
        *readable(w, statistic="programme.statistic", published="programme.published"),
        *readable(w, "days", days_low="programme.days_from", days_high="programme.days_to"),
        Column("source", w("programme.source")),
    )
    frame = pd.DataFrame([_wait(wait, w) for wait in waits])
    return _based_on(waits, w).exhibit(
        "course_waits",
        w("programme.courses_title"),
        w("programme.courses_sentence"),
        columns,
        frame,
        notes=(w("programme.courses_clock"), w("programme.courses_note")),
        measure=w("programme.measure_courses"),
    )


def _based_on(shown: tuple[Fact, ...], w: Words) -> Basis:
    return Basis(published_source({number for fact in shown for number in fact.sources}, w), w)


def _site(unit: EvaluationUnit, w: Words) -> dict[str, object]:
    site = facts().site(unit.code)
    return {
        "unit": unit.code,
        "label": unit.name,
        "kind": str(unit.kind),
        "district": unit.district,
        "start": date_text(site.start, w) if site.start else w("programme.unknown"),
        "focus": site.focus.in_language(w.language) if site.focus else w("programme.unknown"),
        "source": _citations(site),
    }


def _event(event: Event, began: PartialDate, w: Words) -> dict[str, object]:
    when = date_text(began, w)
    if event.end:
        when = w("programme.range", low=when, high=date_text(event.end, w))
    return {
        "lane": str(event.lane),
        "lane_label": w(f"programme.lane_{event.lane}"),
        "when": when,
        "label": event.text.in_language(w.language),
        "start": began.first_day,
        "end": (event.end or began).last_day,
        "kind": event.kind,
        "source": _citations(event),
    }


def _wait(wait: CourseWait, w: Words) -> dict[str, object]:
    low, high = wait.days
    digits = 0 if wait.low == round(wait.low) and wait.high == round(wait.high) else 1
    span = w.number(wait.low, digits)
    if wait.high != wait.low:
        span = w("programme.range", low=span, high=w.number(wait.high, digits))
    return {
        "period": date_text(wait.date, w),
        "measure": w(f"programme.measure_{wait.measure}"),
        "group": w(f"programme.group_{wait.group}"),
        "statistic": w(f"programme.statistic_{wait.statistic}"),
        "published": qualified(w(f"programme.{wait.unit}", value=span), wait.qualifier, w),
        "days_low": low,
        "days_high": high,
        "source": _citations(wait),
    }


def _citations(fact: Fact) -> str:
    return "; ".join(citation(number) for number in fact.sources)
