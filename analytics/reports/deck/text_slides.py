"""Slides of words: the title, and how the figures are made."""

from analytics.disclosure import MIN_COUNT, MIN_DURATION_N
from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, Story
from analytics.domain.vocabulary import Provenance
from analytics.geography.boundaries import ATTRIBUTION
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.provenance import source_line
from analytics.reports.deck.notes import Section, said, sectioned
from analytics.reports.deck.slide import Slide, address, foot
from analytics.reports.deck.titles import deck_title, story_name

_TABLES = ("cases", "referrals", "rollout", "posts", "funding", "population")
_METHODS = ("open_cases", "intervals", "groups", "protection")


def title_slide(store: ParquetStore, deck: DeckChoice, w: Words) -> Slide:
    """Return the title with occasion and day, and what the figures stand on."""
    source = source_line(store, _TABLES, w)
    page = address("overview", w)
    label = w.label("provenance", source.provenance)
    told = " · ".join(filter(None, (deck.occasion, w.date(deck.day) if deck.day else "")))
    cut = w("report_deck.title_basis", date=w.date(store.manifest.as_of))
    parts = [part for story in deck.stories for part in _parts(story, deck, w)]
    return Slide(
        id="title",
        story=None,
        kind="title",
        title=deck_title(deck, w),
        lines=(told, cut),
        exhibit=None,
        drawing="",
        foot=foot(source, page, w),
        page=page,
        sections=(
            _opening(store, deck, source.provenance, w),
            *sectioned(
                (
                    ("contents", parts),
                    ("source", [source.text, w("report_deck.page", page=page)]),
                    ("how", [w("report_deck.how_to_change")]),
                ),
                w,
            ),
        ),
        alt="",
        provenance=source.provenance,
        provenance_text=label,
    )


def _opening(store: ParquetStore, deck: DeckChoice, provenance: Provenance, w: Words) -> Section:
    """Return what opens the talk: its topic, the day of its data, and what they are worth."""
    made_up = provenance.is_made_up
    known = w("report_deck.say_made_up") if made_up else w("report_deck.say_certain")
    cut = w("report_deck.say_cut", date=w.date(store.manifest.as_of))
    return said(w("report_deck.say_topic", title=deck_title(deck, w)), cut, known)


def _parts(story: Story, deck: DeckChoice, w: Words) -> tuple[str, ...]:
    """Return what the presentation's contents name: a part, or each of its districts."""
    if story is Story.DISTRICT:
        return tuple(registry().district(ags).full_name for ags in deck.districts)
    return (story_name(story, w),)


def refused_slide(
    store: ParquetStore,
    story: Story,
    name: str,
    reason: str,
    place: str,
    w: Words,
    kicker: str = "",
) -> Slide:
    """Return the slide of a message that these data cannot give: what is missing, in words.

    Args:
        store: The snapshot.
        story: The part that it belongs to.
        name: Of the message within its story.
        reason: Why there are no figures.
        place: Of the page that would show them.
        w: Words of the language.
        kicker: Instead of the story's name.
    """
    source, page = source_line(store, _TABLES, w), address(place, w)
    title = w("report_deck.refused_title")
    return Slide(
        id=f"{story}.{name}",
        story=story,
        kind="text",
        title=title,
        lines=(reason,),
        exhibit=None,
        drawing="",
        foot=foot(source, page, w),
        page=page,
        sections=(said(f"{title}.", reason, w("report_deck.say_not_caused")),),
        alt="",
        provenance=source.provenance,
        provenance_text=w.label("provenance", source.provenance),
        kicker=kicker or story_name(story, w),
    )


def method_slide(store: ParquetStore, w: Words) -> Slide:
    """Return how the figures are made and protected, and when an effect is called one."""
    source = source_line(store, _TABLES, w)
    page = address("data-methods/basis", w)
    limits = {"count": w.number(MIN_COUNT - 1), "n": w.number(MIN_DURATION_N)}
    paragraphs = [
        w(f"report_deck.method_{name}", **(limits if name == "protection" else {}))
        for name in _METHODS
    ]
    return Slide(
        id=f"{Story.METHOD}.notes",
        story=Story.METHOD,
        kind="text",
        title=w("report_deck.method_title"),
        lines=tuple(paragraphs),
        exhibit=None,
        drawing="",
        foot=foot(source, page, w),
        page=page,
        sections=(
            said(
                f"{w('report_deck.method_title')}.",
                w("report_deck.say_method"),
                w("report_deck.say_rules"),
            ),
            *sectioned(
                (
                    ("method", paragraphs),
                    ("source", [source.text, ATTRIBUTION, w("report_deck.page", page=page)]),
                ),
                w,
            ),
        ),
        alt="",
        provenance=source.provenance,
        provenance_text=w.label("provenance", source.provenance),
        kicker=story_name(Story.METHOD, w),
    )
