"""What presentations and their parts are called."""

from typing import Final

from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, DeckChoiceError, Preset, Story
from analytics.i18n import Words

_NAMED: Final = 3
"""So many districts a title names."""


def story_name(story: Story, w: Words) -> str:
    """Return what a part of a presentation is called."""
    return w(f"deck.story_{story}")


def preset_name(preset: Preset, w: Words) -> str:
    """Return what a ready presentation is called."""
    return w(f"deck.preset_{preset}")


def deck_title(deck: DeckChoice, w: Words) -> str:
    """Return the title that was chosen, else the usual one of the ready presentation."""
    if deck.title:
        return deck.title
    match deck.preset:
        case Preset.KREISBESUCH:
            return w("report_deck.title_kreisbesuch", districts=_districts_text(deck, w))
        case Preset.KABINETT | Preset.FACHAUSSCHUSS:
            return w(f"report_deck.title_{deck.preset}")
        case _:
            return w("report_deck.title_own")


def _districts_text(deck: DeckChoice, w: Words) -> str:
    """Return the districts by name, or how many, where the names would fill the title slide."""
    if len(deck.districts) > _NAMED:
        return w("report_deck.districts", count=w.number(len(deck.districts)))
    return w.join([registry().district(ags).full_name for ags in deck.districts])


def choice_problem(error: DeckChoiceError, w: Words) -> str:
    """Return what is wrong with a choice, and where known how to mend it."""
    return w(f"deck.error_{error.reason}", **error.values)
