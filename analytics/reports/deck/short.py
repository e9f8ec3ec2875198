"""What stands beside a picture and is said aloud: few words, and always how sure they are.

The report's whole sentence, with every n and interval, goes to the notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.domain.estimates import Estimate, Status
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.indicators.indicator_estimates import row_estimate

Values = Sequence[tuple[str, Estimate]]
"""Estimates by what each is called."""

MOST_WORDS: Final = 25
"""Beside a picture, the number, what is not shown and all."""

_SHARE: Final = Format("share", 1)


@dataclass(frozen=True, slots=True)
class Short:
    """A slide's finding in few words.

    Attributes:
        title: Two lines at most.
        lines: Beside the picture, at most three, with interval and n.
        say: Two sentences to say aloud after the title: how sure it is, and what it does not say.
        number: The one number that is seen from afar; empty where there is none.
    """

    title: str
    lines: tuple[str, ...]
    say: tuple[str, str]
    number: str = ""


def word_count(*texts: str) -> int:
    """Return how many words are read; marks between them are none, nor is a unit after a number."""
    parts = [part for text in texts for part in text.split(" ")]
    return sum(any(sign.isalnum() for sign in part) for part in parts)


def plain(exhibit: Exhibit, w: Words) -> Short:
    """Return the form of a figure that has no values to tell of."""
    return Short(exhibit.title, (), (w("report_deck.say_gap"), w("report_deck.say_not_caused")))


def side_by_side(title: str, values: Values, how: str, w: Words) -> Short:
    """Return two shares, each with interval and n.

    Args:
        title: The finding.
        values: What each is called, and its estimate.
        how: What stands below them: what the brackets hold.
        w: Words of the language.
    """
    lines = [_line(label, estimate, w) for label, estimate in values]
    limits = "; ".join(
        f"{label} {_SHARE.range(estimate.low, estimate.high, w)}"
        for label, estimate in values
        if estimate.value is not None and estimate.low is not None
    )
    sure = w("report_deck.say_intervals", values=limits) if limits else w("report_deck.say_gap")
    return Short(title, (*lines, how), (sure, w("report_deck.say_not_caused")))


def _line(label: str, estimate: Estimate, w: Words) -> str:
    if estimate.status is not Status.SHOWN:
        reason = w(f"estimate.{estimate.status}")
        return w("report_deck.line_without", label=label, reason=reason)
    value, n = _SHARE.text(estimate.value, w), w.number(estimate.n)
    if limits := _SHARE.range(estimate.low, estimate.high, w):
        return w("report_deck.line_value", label=label, value=value, range=limits, n=n)
    return w("report_deck.line_single", label=label, value=value, n=n)


def trend(exhibit: Exhibit, w: Words) -> Short:
    """Return the shares of the latest complete quarter that both groups have."""
    frame = exhibit.table.frame
    settled = frame[~frame["provisional"] & (frame["status"] == Status.SHOWN)]
    both = settled.groupby("period")["series"].nunique()
    whole = both[both == frame["series"].nunique()]
    if whole.empty:
        return plain(exhibit, w)
    last = settled[settled["period"] == whole.index.max()]
    values = [(_group(row["series"], w), row_estimate(row)) for _, row in last.iterrows()]
    is_pale = bool(frame["provisional"].any())
    how = w("report_deck.line_last_pale") if is_pale else w("report_deck.line_last")
    return side_by_side(exhibit.title, values, how, w)


def _group(code: str, w: Words) -> str:
    """Return a group's name where few words fit."""
    return w("report_deck.model_units") if code == Group.MODEL else w("report_deck.other_units")


def area_map(exhibit: Exhibit, period: str, w: Words) -> Short:
    """Return how many districts have a value, and how wide their intervals are."""
    frame = exhibit.table.frame
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        return plain(exhibit, w)
    widths = 100 * (shown["high"] - shown["low"]).astype(float)
    texts = {
        "period": period,
        "shown": w.number(len(shown)),
        "all": w.number(len(frame)),
        "least": w.number(widths.min()),
        "most": w.number(widths.max()),
    }
    lines = (
        w("report_deck.line_districts", **texts),
        w("report_deck.line_widths", **texts),
        w("report_deck.line_needs", n=w.number(shown["n"].sum())),
    )
    return Short(
        exhibit.title, lines, (w("report_deck.say_widths", **texts), w("report_deck.say_no_rank"))
    )
