"""What presentations and their parts are called."""

from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, DeckChoiceError, Preset, Story
from analytics.i18n import Words


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
    names = w.join([registry().district(ags).full_name for ags in deck.districts])
    match deck.preset:
        case Preset.KREISBESUCH:
            return w("report_deck.title_kreisbesuch", districts=names)
        case Preset.KABINETT | Preset.FACHAUSSCHUSS:
            return w(f"report_deck.title_{deck.preset}")
        case _:
            return w("report_deck.title_own")


def choice_problem(error: DeckChoiceError, w: Words) -> str:
    """Return what is wrong with a choice, and where known how to mend it."""
    return w(f"deck.error_{error.reason}", **error.values)
