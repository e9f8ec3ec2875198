"""What the speaker says, and needs to answer where a number comes from and what it allows to say.

Notes begin with three sentences to say aloud. SQL stands in an appendix that they name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.short import Short

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Sayable:
    """Sentences that may be said of a figure, and others that may not."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Part of the notes; ``name`` is the same in every language."""

    name: str
    heading: str
    lines: tuple[str, ...]


def described(w: Words) -> Sayable:
    """Return what may be said of figures that only describe."""
    return Sayable((w("report_deck.may_describe"),), (w("report_deck.not_caused"),))


def of_districts(w: Words) -> Sayable:
    """Return what may be said of figures by district."""
    return Sayable(
        (w("report_deck.may_describe"),), (w("report_deck.not_caused"), w("report_deck.not_ranked"))
    )


def speaker_notes(
    exhibit: Exhibit, short: Short, sayable: Sayable, place: tuple[str, str], w: Words
) -> tuple[Section, ...]:
    """Return the notes of a slide in sections.

    Args:
        exhibit: What the slide shows.
        short: The finding in few words.
        sayable: What may be said of it.
        place: The slide's id, and the address of the page that shows the same.
        w: Words of the language.
    """
    key, page = place
    appendix = w("report_deck.queries_name", stem="…")
    asked = [w("report_deck.queries", file=appendix, slide=key)] if exhibit.queries else []
    sections = (
        ("numbers", (exhibit.sentence, missing(exhibit.table.frame, w))),
        ("definition", [_definition(name, w) for name in exhibit.indicators]),
        ("method", (*exhibit.notes, w("report_deck.intervals"))),
        ("may", sayable.may),
        ("may_not", sayable.may_not),
        ("source", (exhibit.source.text, w("report_deck.page", page=page), *asked)),
    )
    return (said(f"{short.title}.", *short.say), *sectioned(sections, w))


def said(first: str, second: str, third: str) -> Section:
    """Return the three sentences to say aloud, with which the notes begin."""
    return Section("say", "", (first, second, third))


def sectioned(sections: Iterable[tuple[str, Iterable[str]]], w: Words) -> tuple[Section, ...]:
    """Return sections with their headings; those that say nothing are left out."""
    told = [(name, tuple(dict.fromkeys(filter(None, lines)))) for name, lines in sections]
    return tuple(
        Section(name, w(f"report_deck.notes_{name}"), lines) for name, lines in told if lines
    )


def missing(frame: pd.DataFrame, w: Words) -> str:
    """Say what is not shown, and why: a few by name, of more the number; empty if all is."""
    if "status" not in frame or "label" not in frame:
        return ""
    repeated = frame.loc[frame["label"].duplicated(), "label"]
    parts = []
    for status, part in frame[frame["status"] != Status.SHOWN].groupby("status", sort=True):
        names = list(dict.fromkeys(part["label"].astype(str)))
        few = len(part) <= _NAMED and not part["label"].isin(repeated).any()
        what = w.join(names) if few else w("report_deck.gap_count", count=w.number(len(part)))
        parts.append(f"{what}: {w(f'estimate.{status}')}")
    return w("report_deck.missing", parts="; ".join(parts)) if parts else ""


def _definition(name: str, w: Words) -> str:
    chosen, language = indicator(name), w.language
    return w(
        "report_deck.definition",
        name=chosen.name[language],
        definition=chosen.definition[language],
        numerator=chosen.numerator[language],
        denominator=chosen.denominator[language],
        method=w(f"ui.method_{chosen.method}"),
    )
