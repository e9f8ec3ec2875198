"""Values, intervals and reasons as text: the same wording on page, chart, slide, PDF and CSV."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analytics.disclosure import ColumnKind
from analytics.domain.estimates import Estimate, Status
from analytics.domain.indicators import Indicator, Unit
from analytics.i18n import Words

_KINDS: Final[dict[Unit, ColumnKind]] = {
    "days": "days",
    "share": "share",
    "number": "number",
    "euros": "money",
}


_MOST_MORE: Final = 9
"""Digits more than usual that a value may take to look unlike a limit."""

_SIZE: Final = re.compile(r"\bn = (?=\d)")
_WORDED: Final[dict[ColumnKind, tuple[int, Callable[[Words, float, int], str]]]] = {
    "days": (1, Words.number),
    "days_change": (1, Words.signed),
    "points": (100, Words.signed),
}
"""Kinds whose unit is a word: what a value is multiplied by, and how its number is written."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a value is written."""

    kind: ColumnKind = "number"
    digits: int = 0

    def text(self, value: Any, w: Words) -> str:
        """Return ``value`` as people read it; a missing one is an en dash."""
        if pd.isna(value):
            return "–"
        match self.kind:
            case "text":
                return str(value)
            case "share":
                return w.percent(float(value), self.digits)
            case "days":
                return w.days(float(value), self.digits)
            case "points" | "days_change":
                return w(f"format.{self.kind}", value=self.bare(value, w))
            case "money":
                return w.money(float(value))
            case "date":
                return w.date(pd.Timestamp(value).date())
            case "month":
                return w.month(pd.Timestamp(value).date())
            case "quarter":
                return w.quarter(pd.Timestamp(value).date())
            case _:
                return w.number(float(value), self.digits)

    def bare(self, value: Any, w: Words) -> str:
        """Return ``value`` without the word of its unit, as where another value follows it."""
        if pd.isna(value) or self.kind not in _WORDED:
            return self.text(value, w)
        scale, number = _WORDED[self.kind]
        return number(w, scale * float(value), self.digits)

    def range(self, low: Any, high: Any, w: Words) -> str:
        """Return ``a bis b``, one-sided where the data give no limit, empty when there is none."""
        if pd.isna(low):
            return "" if pd.isna(high) else w("estimate.at_most", high=self.text(high, w))
        if pd.isna(high):
            return w("estimate.at_least", low=self.text(low, w))
        return w("estimate.from_to", low=self.bare(low, w), high=self.text(high, w))


def text_apart(
    value: float, limits: Iterable[float], write: Callable[[float, int], str], digits: int
) -> str:
    """Return the value with ``digits``, or as many more as it takes to look unlike each limit.

    A value of 0.0504 beside a limit of 0.05 must not read as if it kept it.

    Args:
        value: What is held against the limits; one that equals a limit is written like it.
        limits: What it is held against.
        write: Writes a number with so many digits.
        digits: The fewest.
    """
    others = [limit for limit in limits if limit != value]
    for each in range(digits, digits + _MOST_MORE):
        text = write(value, each)
        if all(write(limit, each) != text for limit in others):
            return text
    return write(value, digits + _MOST_MORE)


def tied(text: str) -> str:
    """Return the text with each ``n = 12`` on one line, wherever it is set."""
    return _SIZE.sub("n\u00a0=\u00a0", text)


def format_of(chosen: Indicator) -> Format:
    """Return how values of an indicator are written."""
    return Format(_KINDS[chosen.unit], chosen.digits)


def reason_text(status: Status, w: Words, *, low: Any = None, form: Format | None = None) -> str:
    """Return why there is no value; of a median not reached, the days that it exceeds.

    Args:
        status: Any but shown; of a shown row it is the word for that.
        w: Language.
        low: Lower bound that a median may have although it is not reached.
        form: How the bound is written.
    """
    if status is Status.NOT_REACHED and form is not None and not pd.isna(low):
        return w("estimate.over", bound=form.text(low, w))
    return w(f"estimate.{status}")


def nothing_shown(chosen: Indicator, statuses: "pd.Series[str]", w: Words) -> str:
    """Return the title where there is no value to state: protected, or not there at all."""
    protected = (statuses == Status.SUPPRESSED).any()
    title = "indicator.title_protected" if protected else "indicator.title_empty"
    return w(title, name=chosen.name[w.language])


def value_text(chosen: Indicator, value: float | None, w: Words) -> str:
    """Return a value in the indicator's unit."""
    return format_of(chosen).text(value, w)


def estimate_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return the value with its interval, or why there is none."""
    if estimate.status is not Status.SHOWN:
        return status_text(chosen, estimate, w)
    value = value_text(chosen, estimate.value, w)
    interval = interval_text(chosen, estimate, w)
    return f"{value} ({interval})" if interval else value


def interval_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return ``95-%-Intervall 10 bis 11 Tage; n = 1.234``, as much of it as there is."""
    limits = format_of(chosen).range(estimate.low, estimate.high, w)
    parts = [w("estimate.interval", range=limits)] if limits else []
    if estimate.n is not None:
        parts.append(w("estimate.n", n=w.number(estimate.n)))
    return "; ".join(parts)


def status_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return why there is no value."""
    return reason_text(estimate.status, w, low=estimate.low, form=format_of(chosen))
