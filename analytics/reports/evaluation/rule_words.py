"""The values and limits of the rules in words."""

from collections.abc import Callable
from math import isinf, isnan
from typing import Final

from analytics.domain.verdict import Rule
from analytics.i18n import Words
from analytics.reports.basis.formatting import text_apart
from analytics.reports.evaluation.judging import Check

_P_DIGITS: Final = 3
_LEAST_P: Final = 0.001


def value_text(check: Check, w: Words) -> str:
    """Return the value so that it does not look like a limit that it misses or only just keeps."""
    if isnan(check.value):
        return w("verdict.unknown")
    rule = check.rule
    write, digits = _VALUES[rule.id]
    if isinf(check.value) or digits is None:
        return write(check.value, w, 0)
    limits = [limit for limit in (rule.enough, rule.compatible) if limit is not None]
    return text_apart(check.value, limits, lambda value, more: write(value, w, more), digits)


def _p(value: float, w: Words, digits: int) -> str:
    if value < _LEAST_P:
        return w("verdict.p_below", limit=w.number(_LEAST_P, _P_DIGITS))
    return w.number(value, digits)


def _interval(value: float, w: Words, _digits: int) -> str:
    return w("verdict.rule_interval_met" if value >= 0 else "verdict.rule_interval_missed")


def _times(value: float, w: Words, digits: int) -> str:
    if isinf(value):
        return w("verdict.beyond", factor=w.number(20))
    return w("verdict.times", factor=w.number(value, digits))


def _agreement(value: float, w: Words, _digits: int) -> str:
    return w(f"verdict.agreement_{round(value) + 1}")


def _share(value: float, w: Words, digits: int) -> str:
    return w.percent(value, digits)


def _count(value: float, w: Words, digits: int) -> str:
    return w.number(value, digits)


Write = Callable[[float, Words, int], str]
_VALUES: Final[dict[str, tuple[Write, int | None]]] = {
    "placebo": (_p, _P_DIGITS),
    "interval": (_interval, None),
    "wild": (_p, _P_DIGITS),
    "detectable": (_times, 1),
    "pretrend": (_p, _P_DIGITS),
    "slope": (_p, _P_DIGITS),
    "drift": (_share, 0),
    "breakdown": (_times, 1),
    "dip": (_agreement, None),
    "clock": (_p, _P_DIGITS),
    "clock_lead": (_p, _P_DIGITS),
    "fast": (_p, _P_DIGITS),
    "silent": (_p, _P_DIGITS),
    "reach": (_p, _P_DIGITS),
    "reach_lead": (_p, _P_DIGITS),
    "needs": (_p, _P_DIGITS),
    "cases": (_p, _P_DIGITS),
    "mix": (_p, _P_DIGITS),
    "expected": (_p, _P_DIGITS),
    "neighbours": (_p, _P_DIGITS),
    "apart": (_agreement, None),
    "sites": (_agreement, None),
    "choices": (_agreement, None),
    "base": (_agreement, None),
    "refused": (_share, 0),
    "units": (_count, 0),
    "missing": (_share, 0),
    "comparability": (_agreement, None),
}
"""How the value of a rule is written, and with how many digits at least; None: in words."""


def limit_text(rule: Rule, w: Words) -> str:
    """Return the limits of a rule in words; what its text does not name is not handed over."""
    write, digits = _VALUES[rule.id]
    if digits is None:
        return w(f"verdict.rule_{rule.id}_limit")
    values = {"enough": rule.enough, "compatible": rule.compatible}
    named = {
        name: _bare(value, write, w)
        for name, value in values.items()
        if value is not None and not (name == "compatible" and value == rule.enough)
    }
    return w(f"verdict.rule_{rule.id}_limit", **named)


def _bare(value: float, write: Write, w: Words) -> str:
    """Return a limit as it stands inside a sentence."""
    if write is _p:
        return w.shortest(value, 3)
    if write is _times:
        return w.number(value, 0 if value == round(value) else 2)
    return write(value, w, 0)
