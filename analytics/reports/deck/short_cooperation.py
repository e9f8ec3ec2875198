"""Hand-overs in few words."""

from typing import Final

import pandas as pd

from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.cooperation.binding_report import DIFFERENCE, LEVEL
from analytics.reports.deck.short import Short, plain

MOST_WAITS: Final = 5
"""Rows that are read from afar: names of two bodies take two lines, and lines of two names stay
apart."""
_OF_DISTRICT: Final = 6
"""Three hand-overs, each beside its ring's, whose name is short."""


def most_waits(rows: pd.DataFrame) -> pd.DataFrame:
    """Return as many of the first rows as a slide has room for."""
    return rows.head(_OF_DISTRICT if "section" in rows else MOST_WAITS)


def waits(exhibit: Exhibit, w: Words) -> Short:
    """Return how the waits are told; the hand-over with the longest one is the title."""
    sizes = most_waits(exhibit.table.frame)["n"].dropna()
    if sizes.empty:
        return plain(exhibit, w)
    limits = {"low": w.number(sizes.min()), "high": w.number(sizes.max())}
    return Short(
        exhibit.title,
        (w("report_deck.line_waits"), w("report_deck.line_waits_n", **limits)),
        (w("report_deck.say_waits"), w("report_deck.say_not_caused")),
    )


def flow(exhibit: Exhibit, w: Words) -> Short:
    """Return how the flow is told; its largest stream is the title."""
    values = exhibit.table.frame["value"]
    if values.empty:
        return plain(exhibit, w)
    return Short(
        exhibit.title,
        (
            w("report_deck.line_flow", all=w.number(values.sum())),
            w("report_deck.line_flow_rest"),
        ),
        (w("report_deck.say_flow"), w("report_deck.say_not_caused")),
    )


def started_with_appointment(exhibit: Exhibit, w: Words) -> Short:
    """Return how starts with and without an appointment are told: all hand-overs, not by area."""
    all_of_them = exhibit.table.frame.iloc[0]
    difference, level = DIFFERENCE["started"], LEVEL["started"]
    limits = difference.range(all_of_them["low"], all_of_them["high"], w)
    sides = {
        "with": level.text(all_of_them["bound"], w),
        "without": level.text(all_of_them["unbound"], w),
    }
    gap, n = difference.text(all_of_them["value"], w), w.number(all_of_them["n"])
    sure = w("report_deck.say_difference", gap=gap, range=limits) if limits else ""
    size = w("report_deck.line_binding_n", range=limits, n=n) if limits else w("estimate.n", n=n)
    return Short(
        exhibit.title,
        (
            w("report_deck.line_binding", **sides),
            size,
            w("report_deck.line_described"),
        ),
        (
            sure or w("report_deck.say_gap"),
            w("report_deck.say_chosen"),
        ),
    )
