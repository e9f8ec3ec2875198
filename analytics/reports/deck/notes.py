"""What the speaker needs to answer where a number comes from, and what it allows to say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit


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
    exhibits: Sequence[Exhibit], sayable: Sayable, page: str, w: Words
) -> tuple[Section, ...]:
    """Return the notes of a slide in sections.

    Args:
        exhibits: What the slide shows, the main one first.
        sayable: What may be said of it.
        page: Address of the page that shows the same.
        w: Words of the language.
    """
    definitions = [_definition(name, w) for each in exhibits for name in each.indicators]
    notes = [note for each in exhibits for note in each.notes]
    sources = [each.source.text for each in exhibits]
    sections = (
        ("numbers", [each.sentence for each in exhibits]),
        ("definition", definitions),
        ("method", [*notes, w("report_deck.intervals")]),
        ("may", sayable.may),
        ("may_not", sayable.may_not),
        ("source", [*sources, w("report_deck.page", page=page)]),
        ("query", [query.text.strip() for each in exhibits for query in each.queries]),
    )
    return sectioned(sections, w)


def sectioned(sections: Iterable[tuple[str, Iterable[str]]], w: Words) -> tuple[Section, ...]:
    """Return sections with their headings; those that say nothing are left out."""
    told = [(name, tuple(dict.fromkeys(filter(None, lines)))) for name, lines in sections]
    return tuple(
        Section(name, w(f"report_deck.notes_{name}"), lines) for name, lines in told if lines
    )


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
