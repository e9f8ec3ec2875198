"""What was selected for an exhibit, in words: codes alone say little to who opens a file later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from analytics.domain.areas import registry
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit
from analytics.reports.selection import period_text

_CODE_LISTS: Final = {
    "offer_areas": "offer_area",
    "groups": "group",
    "providers": "provider",
    "legal_regimes": "legal_regime",
    "module": "module",
}


def selection_lines(exhibit: Exhibit, w: Words) -> tuple[str, ...]:
    """Return one line a choice, such as ``Zeitraum: 2017 bis 2019``; at least one.

    Read from the exhibit's choice, else from the parameters of its first query, of which those
    that belong to the program (the clock, the data cut) are left out.
    """
    params = dict(exhibit.queries[0].params) if exhibit.queries else {}
    chosen = dict(exhibit.choice) or params
    period = _period(chosen) or _period(params)
    lines = [w("export.selection_period", value=period_text(period, w))] if period else []
    for name, value in chosen.items():
        codes = () if isinstance(value, date) else _codes(value)
        if name in _TEXTS and codes:
            texts = w.join([_TEXTS[name](code, w) for code in codes])
            lines.append(w(f"export.selection_{name}", value=texts))
    return tuple(lines) or (w("export.selection_none"),)


def _period(chosen: Mapping[str, Any]) -> Period | None:
    start, end = chosen.get("start"), chosen.get("end")
    if isinstance(start, date) and isinstance(end, date):
        return Period(Month.of(start), Month.of(end - timedelta(days=1)))
    if "from" in chosen and "to" in chosen:
        return Period.parse(str(chosen["from"]), str(chosen["to"]))
    return None


def _codes(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return list(map(str, value)) if isinstance(value, list | tuple) else str(value).split("+")


def _coded(code_list: str) -> Callable[[str, Words], str]:
    return lambda code, w: w.label(code_list, code)


def _indicator(code: str, w: Words) -> str:
    return catalogue()[code].name[w.language] if code in catalogue() else code


def _outcome(code: str, w: Words) -> str:
    return w("evaluation.outcome_hazard_ratio") if code == "hazard_ratio" else _indicator(code, w)


def _district(code: str, _w: Words) -> str:
    return registry().district(code[:5]).full_name


_TEXTS: Final[Mapping[str, Callable[[str, Words], str]]] = {
    **{name: _coded(code_list) for name, code_list in _CODE_LISTS.items()},
    **dict.fromkeys(("district", "districts", "peers"), _district),
    "indicator": _indicator,
    "by": lambda code, w: w(f"dimension.{code}"),
    "outcome": _outcome,
    "towns": lambda code, w: w(f"effect.towns_{code}"),
    "comparison": lambda code, w: w(f"effect.comparison_{code}"),
    "first_year": lambda code, _w: code,
    "end": lambda code, w: w.month(Month.parse(code).first_day),
    "draws": lambda code, _w: code,
    "seed": lambda code, _w: code,
}
