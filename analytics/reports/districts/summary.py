"""A district's position in one paragraph of plain language, computed from the scorecard's rows."""

from collections.abc import Callable, Sequence
from typing import Final

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.contributions import contributions_of
from analytics.reports.districts.contributions_report import (
    direction,
    interval_of,
    largest_parts,
)
from analytics.reports.districts.control_report import trend_text
from analytics.reports.districts.funnel_report import position_text
from analytics.reports.districts.scorecard import Entry, entries
from analytics.reports.formatting import estimate_text, format_of, value_text
from analytics.reports.referral_times import HEADLINE
from analytics.reports.selection import period_text

_QUIET: Final = ("steady", "none")


def summary(store: ParquetStore, choice: DistrictChoice, w: Words) -> tuple[str, ...]:
    """Return the sentences: where it stands, what is better, what worse, what cannot be told.

    Better and worse are said only of figures outside the limits that chance allows; everything
    else is counted as not told apart from the state.
    """
    found = entries(store, choice, w)
    area = registry().district(choice.district).full_name
    sentences = [
        _headline(found, area, choice, w),
        w("report_district.invented") if any(entry.is_invented for entry in found) else "",
        _outside(found, "better", lambda entry: _judged(entry) > 0, w),
        _outside(found, "worse", lambda entry: _judged(entry) < 0, w),
        _outside(found, "other", lambda entry: bool(_is_unjudged(entry)), w),
        _inside(found, w),
        _waiting(store, choice, w),
        _moving(found, w),
        _untold(found, w),
        _broken(found, w),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _judged(entry: Entry) -> int:
    """Return 1 where a figure outside the limits is better for people, -1 where it is worse."""
    sign = {"higher": 1, "lower": -1, "none": 0}[entry.chosen.better]
    return sign * entry.position.side


def _is_unjudged(entry: Entry) -> bool:
    return entry.chosen.better == "none" and entry.position.side != 0


def _headline(found: Sequence[Entry], area: str, choice: DistrictChoice, w: Words) -> str:
    entry = next(entry for entry in found if entry.chosen.id == HEADLINE)
    chosen = entry.chosen
    texts = {
        "district": area,
        "period": period_text(choice.period, w),
        "name": chosen.name[w.language],
        "value": estimate_text(chosen, entry.own, w),
        "state": value_text(chosen, entry.state.value, w),
    }
    if entry.own.status is not Status.SHOWN or not entry.peers:
        return w("report_district.summary_headline_bare", **texts)
    peers = format_of(chosen).range(min(entry.peers), max(entry.peers), w)
    return w("report_district.summary_headline", **texts, peers=peers)


def _outside(found: Sequence[Entry], kind: str, chosen: Callable[[Entry], bool], w: Words) -> str:
    named = [_named(entry, w) for entry in found if chosen(entry)]
    return w(f"report_district.summary_{kind}", figures="; ".join(named)) if named else ""


def _named(entry: Entry, w: Words) -> str:
    return w(
        "report_district.summary_figure",
        name=entry.chosen.name[w.language],
        value=value_text(entry.chosen, entry.own.value, w),
        n=w.number(entry.own.n),
        state=value_text(entry.chosen, entry.state.value, w),
        position=position_text(entry.position, w),
    )


def _inside(found: Sequence[Entry], w: Words) -> str:
    placed = [entry for entry in found if entry.position.value != "none"]
    inside = [entry for entry in placed if not entry.position.side]
    if not placed and any(entry.is_invented for entry in found):
        return ""
    if not placed:
        return w("report_district.summary_no_limits")
    return w(
        "report_district.summary_inside",
        inside=w.number(len(inside)),
        placed=w.number(len(placed)),
    )


def _waiting(store: ParquetStore, choice: DistrictChoice, w: Words) -> str:
    found = contributions_of(store, choice)
    if found is None or found.is_invented:
        return ""
    told = w(
        f"report_district.summary_waiting_{direction(found)}",
        days=w.days(abs(found.whole.result.total), 1),
        interval=interval_of(found.whole, w),
        n=w.number(found.whole.own.size),
    )
    return told if direction(found) == "unclear" else f"{told} {largest_parts(found, w)}"


def _moving(found: Sequence[Entry], w: Words) -> str:
    moving = [
        w(
            "report_district.summary_trend",
            name=entry.chosen.name[w.language],
            trend=trend_text(entry.trend, w),
        )
        for entry in found
        if entry.trend not in _QUIET
    ]
    if moving:
        return w("report_district.summary_moving", figures="; ".join(moving))
    is_judged = any(entry.trend == "steady" for entry in found)
    return w("report_district.summary_steady") if is_judged else ""


def _untold(found: Sequence[Entry], w: Words) -> str:
    """Say which figures there are not, and why; a median not reached is told by its bound."""
    untold = [
        w(
            "report_district.summary_untold_figure",
            name=entry.chosen.name[w.language],
            reason=w(f"estimate.{entry.own.status}"),
        )
        for entry in found
        if entry.own.status is not Status.SHOWN
    ]
    return w("report_district.summary_untold", figures="; ".join(untold)) if untold else ""


def _broken(found: Sequence[Entry], w: Words) -> str:
    breaks = dict.fromkeys(entry.comparability for entry in found if entry.comparability)
    return w("report_district.summary_broken", breaks="; ".join(breaks)) if breaks else ""
