"""What a figure shows, in one line below its finding: measure and unit, place, period."""

from collections.abc import Mapping, Sequence
from typing import Final

from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.selection import period_text

_APART: Final = " · "
_PLACES: Final = ("district", "unit")
"""Fields of needs that say where."""
_NAMED: Final = 3


def subtitle(
    measure: str,
    indicators: Sequence[str],
    needs: NeedFilter | None,
    choice: Mapping[str, str],
    source: SourceLine,
    w: Words,
    span: str | None = None,
) -> str:
    """Return ``Anteil vermittelt binnen 90 Tagen, in Prozent · Sprache · Köln · 2017 bis 2019``.

    Whom the figures count stands in it, too: a picture that is passed on has nothing else that says
    so, and figures of some needs would be read as those of all.

    Args:
        measure: What is measured in which unit; empty where one indicator says it.
        indicators: Ids of the catalogue.
        needs: Which needs count, and so when.
        choice: What else was chosen, as codes by their names.
        source: Names the data cut, for what has no period; published facts, which are in no
            snapshot, say themselves what place and time they are of.
        w: Language.
        span: Instead of what these say about time.

    Returns:
        The line; empty where nothing says what is measured.
    """
    named = measure or _of_indicators(indicators, w)
    if not named or source.snapshot_id is None:
        return named
    when = _span(needs, choice, source, w) if span is None else span
    chosen = dict(needs.chosen) if needs else {}
    whom = [
        _listed([label(field, code, w) for code in codes], w)
        for field, codes in chosen.items()
        if field not in _PLACES
    ]
    return _APART.join(filter(None, (named, *whom, _place(choice, chosen, w), when)))


def with_unit(name: str, w: Words) -> str:
    """Return an indicator's name with its unit, as long as the name does not tell it."""
    chosen = indicator(name)
    text = chosen.name[w.language]
    if chosen.unit == "days" and w("subtitle.days_word") in text:
        return text
    return w(f"subtitle.in_{chosen.unit}", measure=text) if chosen.unit != "number" else text


def _of_indicators(indicators: Sequence[str], w: Words) -> str:
    return with_unit(indicators[0], w) if len(indicators) == 1 else ""


def _place(choice: Mapping[str, str], chosen: Mapping[str, Sequence[str]], w: Words) -> str:
    if ags := choice.get("district"):
        return registry().district(ags).full_name
    if within := choice.get("within"):
        return _listed([label("district", ags, w) for ags in within.split("+")], w)
    places = [label(field, code, w) for field in _PLACES for code in chosen.get(field, ())]
    return _listed(places, w) or w("subtitle.state")


def _listed(names: Sequence[str], w: Words) -> str:
    """Return a few names, of more the first ones and how many others."""
    if len(names) <= _NAMED:
        return w.join(names) if names else ""
    return w("subtitle.more", names=", ".join(names[:2]), count=w.number(len(names) - 2))


def _span(needs: NeedFilter | None, choice: Mapping[str, str], source: SourceLine, w: Words) -> str:
    if needs is not None:
        return period_text(needs.period, w)
    first = choice.get("from") or _january(choice.get("first_year"))
    last = choice.get("to") or choice.get("end")
    if first and last:
        return period_text(Period(Month.parse(first), Month.parse(last)), w)
    return w("chart.cut", date=w.date(source.as_of)) if source.as_of else ""


def _january(year: str | None) -> str | None:
    return f"{year}-01" if year else None
