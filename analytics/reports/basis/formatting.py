"""Values, intervals and reasons as text: the same wording on page, chart, slide, PDF and CSV."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
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

P_DIGITS: Final = 3
"""Decimals of a p value; a smaller one is told to be below what they tell."""

_LEAST_P: Final = 10.0**-P_DIGITS
_SIZE: Final = re.compile(r"\bn = (?=\d)")
_WORDED: Final[dict[ColumnKind, tuple[int, Callable[[Words, float, int], str]]]] = {
    "days": (1, Words.number),
    "days_change": (1, Words.signed),
    "change": (1, Words.signed),
    "points": (100, Words.signed),
}
"""Kinds whose unit is a word or none: what a value is multiplied by, how its number is written."""

_DATES: Final[dict[ColumnKind, Callable[[Words, date], str]]] = {
    "date": Words.date,
    "month": Words.month,
    "quarter": Words.quarter,
}

_NO_DIFFERENCE: Final[dict[ColumnKind, float]] = {
    "points": 0,
    "days_change": 0,
    "change": 0,
    "ratio": 1,
}
"""The value of each kind of difference that says that there is none."""


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
            case "points" | "days_change" | "change":
                return w(f"format.{self.kind}", value=self.bare(value, w))
            case "money":
                return w.money(float(value))
            case "p":
                return _p(float(value), w, self.digits)
            case "date" | "month" | "quarter":
                return _DATES[self.kind](w, pd.Timestamp(value).date())
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
        form = self.excluding(low, high, w)
        return w("estimate.from_to", low=form.bare(low, w), high=form.text(high, w))

    def excluding(self, low: float, high: float, w: Words) -> "Format":
        """Return the format for an interval of differences, so that it does not seem to reach zero.

        An interval from 0.04 is clear of zero; written as "+0,0" it would look as if it were not.
        """
        nothing = _NO_DIFFERENCE.get(self.kind)
        if nothing is None or low <= nothing <= high:
            return self
        return self.apart(low if low > nothing else high, nothing, w)

    def apart(self, value: float, limit: float, w: Words) -> "Format":
        """Return the format with the digits that it takes for a value to look unlike a limit."""

        def write(number: float, digits: int) -> str:
            # A difference that rounds to zero has no sign, so zero itself is written alike.
            return replace(self, digits=digits).bare(number, w)

        return replace(self, digits=_digits_apart(value, [limit], write, self.digits))

    def outside(self, frame: pd.DataFrame, low: str, high: str, w: Words) -> "Format":
        """Return the format of columns in which no ``value`` beyond a limit looks as if it kept it.

        Args:
            frame: Values and limits; missing ones are none.
            low: Name of the column of lower limits.
            high: That of upper ones.
            w: Language.
        """
        below, above = frame[frame["value"] < frame[low]], frame[frame["value"] > frame[high]]
        pairs = [*zip(below["value"], below[low], strict=True)]
        pairs += zip(above["value"], above[high], strict=True)
        digits = [self.apart(value, limit, w).digits for value, limit in pairs]
        return replace(self, digits=max(digits, default=self.digits))


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
    return write(value, _digits_apart(value, limits, write, digits))


def _digits_apart(
    value: float, limits: Iterable[float], write: Callable[[float, int], str], digits: int
) -> int:
    others = [limit for limit in limits if limit != value]
    for each in range(digits, digits + _MOST_MORE):
        if all(write(limit, each) != write(value, each) for limit in others):
            return each
    return digits + _MOST_MORE


def misses_sum(parts: "pd.Series[float]", total: float, digits: int) -> bool:
    """Say whether parts, each as it is written with ``digits``, miss their sum as it is written.

    Args:
        parts: In the unit that they are written in, as is ``total``.
        total: What they add up to before rounding.
        digits: Decimals; negative ones are tens and hundreds.
    """
    written = parts.map(lambda part: round(part, digits)).sum()
    # Half a step tells sums apart that differ by one, and not by the dust of adding up.
    return bool(abs(written - round(total, digits)) > 0.5 * 10.0**-digits)


def tied(text: str) -> str:
    """Return the text with each ``n = 12`` on one line, wherever it is set."""
    return _SIZE.sub("n\u00a0=\u00a0", text)


def p_text(p: float, w: Words) -> str:
    """Return ``p = 0,012``, or that it is smaller than what three decimals tell."""
    if p < _LEAST_P:
        return w("estimate.p_below", limit=w.number(_LEAST_P, P_DIGITS))
    return w("estimate.p", p=w.number(p, P_DIGITS))


def _p(p: float, w: Words, digits: int) -> str:
    """Return a p value without its letter; none reads as zero."""
    least = 10.0**-digits
    if p < least:
        return w("format.below", limit=w.number(least, digits))
    return w.number(p, digits)


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
    """Return ``95-%-Intervall 10 bis 11 Tage; n = 1.234``, as much of it as there is.

    Of several units their number is told; of a single one, that it gives no interval.
    """
    limits = format_of(chosen).range(estimate.low, estimate.high, w)
    parts = [w("estimate.interval", range=limits)] if limits else []
    if estimate.units == 1:
        parts = [w("estimate.one_unit")]
    if estimate.n is not None and (estimate.units or 0) > 1:
        parts.append(w("estimate.n_units", n=w.number(estimate.n), units=w.number(estimate.units)))
    elif estimate.n is not None:
        parts.append(w("estimate.n", n=w.number(estimate.n)))
    return "; ".join(parts)


def status_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return why there is no value."""
    return reason_text(estimate.status, w, low=estimate.low, form=format_of(chosen))
