"""Random questions that the released edition answers, the same ones in every process."""

import json
import random
import sys
from pathlib import Path

from analytics.domain.deck import DeckChoice, Story
from analytics.domain.filters import FIELDS, NeedFilter, only
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Period
from analytics.domain.release import Release, grid, unreleased
from analytics.exports.csv import csv_bytes
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.deck.stories import slides
from analytics.reports.indicators.indicator_values import indicator_values

Question = tuple[str, str, NeedFilter]

TOLD_OF = (Story.OVERVIEW, Story.REFERRAL_TIMES)
"""Stories that heed months and needs."""


def questions(covered: Period, size: int, seed: int = 15) -> list[Question]:
    """Return indicator, dimension and filter of permitted questions."""
    draw = random.Random(seed)
    periods, entries = sorted(set(grid(covered)), key=str), list(catalogue().values())
    found: list[Question] = []
    while len(found) < size:
        chosen = draw.choice(entries)
        by = draw.choice(chosen.dimensions)
        fields = draw.sample(FIELDS, draw.choice((0, 0, 1, 1, 2))) if chosen.counts_needs else []
        codes = {each.name: (draw.choice(each.all_codes()),) for each in fields}
        needs = NeedFilter(draw.choice(periods), only(**codes))
        if needs.is_of_referred and not chosen.is_of_referred:
            continue
        if unreleased(needs, by, covered) is None:
            found.append((chosen.id, by, needs))
    return found


def answers(store: ParquetStore, size: int) -> list[str]:
    """Return what each question's file of values says, or why there is none."""
    return [_answer(store, question) for question in questions(data_period(store), size)]


def _answer(store: ParquetStore, question: Question) -> str:
    w = words("en")
    try:
        return csv_bytes(indicator_values(store, *question, w), w).decode("utf-8-sig")
    except RefusedError as refused:
        return refused.reason


def decks(covered: Period, size: int, seed: int = 16) -> list[DeckChoice]:
    """Return presentations of permitted questions, each of months and needs of its own."""
    draw = random.Random(seed)
    periods = sorted(set(grid(covered)), key=str)
    found: list[DeckChoice] = []
    while len(found) < size:
        field = draw.choice(FIELDS)
        chosen = only(**{field.name: (draw.choice(field.all_codes()),)})
        needs = NeedFilter(draw.choice(periods), draw.choice([(), chosen]))
        if not needs.is_of_referred and unreleased(needs, "group", covered) is None:
            found.append(DeckChoice(TOLD_OF, period=needs.period, chosen=needs.chosen))
    return found


def presented(store: ParquetStore, size: int) -> list[str]:
    """Return what each presentation says, slide by slide, with the values of its exhibits."""
    return [_presentation(store, deck) for deck in decks(data_period(store), size)]


def _presentation(store: ParquetStore, deck: DeckChoice) -> str:
    w = words("en")
    try:
        told = slides(store, deck, w)
    except RefusedError as refused:
        return refused.reason
    texts = ["\n".join([each.title, each.number, *each.lines]) for each in told]
    files = [csv_bytes(each.exhibit, w).decode("utf-8-sig") for each in told if each.exhibit]
    return "\n".join([*texts, *files])


if __name__ == "__main__":
    with open_snapshot(Path(sys.argv[1]), Release.RELEASED) as opened:
        said = answers(opened, int(sys.argv[2])) + presented(opened, int(sys.argv[3]))
        sys.stdout.write(json.dumps(said))
