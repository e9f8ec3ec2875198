"""A district's position in one paragraph of plain language, computed from the scorecard's rows."""

from collections.abc import Sequence
from typing import Final

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.position import Comparison, Spread
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.formatting import estimate_text, format_of, value_text
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.contributions import contributions_of
from analytics.reports.districts.contributions_report import direction, interval_of, largest_parts
from analytics.reports.districts.control_report import trend_text
from analytics.reports.districts.longest_waits import longest_in_words
from analytics.reports.districts.position_words import rest_text, spread_text
from analytics.reports.districts.scorecard import Entry, entries
from analytics.reports.referrals.referral_times import HEADLINE

_QUIET: Final = ("steady", "none")
_TOLD: Final = (
    Comparison.BETTER,
    Comparison.WORSE,
    Comparison.HIGHER,
    Comparison.LOWER,
    Comparison.UNSURE,
)
"""Comparisons whose figures are named, in this order; those told apart from nothing are counted."""


def summary(store: ParquetStore, choice: DistrictChoice, w: Words) -> tuple[str, ...]:
    """Return the sentences: where it stands, what is better, what worse, what cannot be told.

    Better and worse is said of figures that differ from the rest of the state; which of all figures
    are unusual among the districts is a sentence of its own.
    """
    found = entries(store, choice, w)
    area = registry().district(choice.district).full_name
    sentences = [
        _headline(found, area, choice, w),
        w("report_district.invented") if any(entry.is_invented for entry in found) else "",
        *(_compared(found, kind, w) for kind in _TOLD),
        _alike(found, w),
        _unusual(found, w),
        _waiting(store, choice, w),
        longest_in_words(store, choice, w),
        _moving(found, w),
        _untold(found, w),
        _broken(found, w),
    ]
    return tuple(sentence for sentence in sentences if sentence)


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


def _compared(found: Sequence[Entry], kind: Comparison, w: Words) -> str:
    """Name the figures that compare alike with the rest of the state."""
    named = [
        w(
            "report_district.summary_figure",
            name=entry.chosen.name[w.language],
            value=value_text(entry.chosen, entry.own.value, w),
            rest=rest_text(entry.chosen, entry.position, w),
        )
        for entry in found
        if entry.position.comparison is kind
    ]
    return w(f"report_district.summary_{kind}", figures="; ".join(named)) if named else ""


def _alike(found: Sequence[Entry], w: Words) -> str:
    """Say how many figures cannot be told apart from the rest of the state."""
    placed = [entry.position for entry in found if entry.position.is_judged]
    if not placed and any(entry.is_invented for entry in found):
        return ""
    if not placed:
        return w("report_district.summary_no_positions")
    alike = sum(each.comparison is Comparison.ALIKE for each in placed)
    texts = {"alike": w.number(alike), "placed": w.number(len(placed))}
    return w("report_district.summary_alike", **texts)


def _unusual(found: Sequence[Entry], w: Words) -> str:
    """Name the figures outside the usual spread between districts, or say that there are none."""
    unusual = [
        w(
            "report_district.summary_unusual_figure",
            name=entry.chosen.name[w.language],
            spread=spread_text(entry.position, w),
        )
        for entry in found
        if entry.position.spread.is_unusual
    ]
    if unusual:
        return w("report_district.summary_unusual", figures="; ".join(unusual))
    is_known = any(entry.position.spread is not Spread.NONE for entry in found)
    return w("report_district.summary_usual") if is_known else ""


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
