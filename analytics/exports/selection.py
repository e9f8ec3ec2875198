"""What was selected for an exhibit, in words: codes alone say little to who opens a file later."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.domain.areas import registry
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.selection import chosen_texts, period_text


def selection_lines(exhibit: Exhibit, w: Words) -> tuple[str, ...]:
    """Return one line a choice, such as ``Zeitraum: 2017 bis 2019``; at least one."""
    period = period_of(exhibit)
    lines = [w("export.selection_period", value=period_text(period, w))] if period else []
    if exhibit.needs is not None:
        for field, value in chosen_texts(exhibit.needs.chosen, w):
            lines.append(w("export.selection_field", field=field, value=value))
    for name, codes in exhibit.choice:
        if name in _TEXTS and codes:
            texts = w.join([_TEXTS[name](code, w) for code in codes.split("+")])
            lines.append(w(f"export.selection_{name}", value=texts))
    return tuple(lines) or (w("export.selection_none"),)


def period_of(exhibit: Exhibit) -> Period | None:
    """Return the months that an exhibit counts; None where it counts none."""
    if exhibit.needs is not None:
        return exhibit.needs.period
    chosen = dict(exhibit.choice)
    return Period.parse(chosen["from"], chosen["to"]) if {"from", "to"} <= set(chosen) else None


def _indicator(code: str, w: Words) -> str:
    return catalogue()[code].name[w.language] if code in catalogue() else code


def _outcome(code: str, w: Words) -> str:
    return w("evaluation.outcome_hazard_ratio") if code == "hazard_ratio" else _indicator(code, w)


def _district(code: str, _w: Words) -> str:
    return registry().district(code[:5]).full_name


def _month(code: str, w: Words) -> str:
    return w.month(Month.parse(code).first_day)


_TEXTS: Final[Mapping[str, Callable[[str, Words], str]]] = {
    "district": _district,
    "peers": _district,
    "by": lambda code, w: w(f"dimension.{code}"),
    "module": lambda code, w: w.label("module", code),
    "month": _month,
    "indicator": _indicator,
    "indicators": _indicator,
    "second": _indicator,
    "within": _district,
    "outcome": _outcome,
    "towns": lambda code, w: w(f"effect.towns_{code}"),
    "comparison": lambda code, w: w(f"effect.comparison_{code}"),
    "first_year": lambda code, _w: code,
    "end": _month,
    "draws": lambda code, _w: code,
    "seed": lambda code, _w: code,
}
