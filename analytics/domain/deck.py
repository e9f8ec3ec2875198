"""What can be chosen about a presentation: its stories, whom it tells of, and the occasion."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from analytics.domain.areas import registry
from analytics.domain.filters import Chosen
from analytics.domain.periods import Period


class Story(StrEnum):
    """A part of a presentation; each tells one to four messages, a slide each."""

    OVERVIEW = "overview"
    REFERRAL_TIMES = "referral_times"
    COMPARISON = "comparison"
    COOPERATION = "cooperation"
    MODEL_EFFECT = "model_effect"
    KIM_ROLLOUT = "kim_rollout"
    KIM_EFFECT = "kim_effect"
    DISTRICT = "district"
    OPEN = "open"
    NEXT = "next"
    METHOD = "method"


class Detail(StrEnum):
    """How much of each story is told: its first message (of an estimate two), or all of them."""

    BRIEF = "brief"
    FULL = "full"


class Preset(StrEnum):
    """The three ready presentations."""

    KABINETT = "kabinett"
    FACHAUSSCHUSS = "fachausschuss"
    KREISBESUCH = "kreisbesuch"


OF_NEEDS: Final = frozenset(
    {Story.OVERVIEW, Story.REFERRAL_TIMES, Story.COMPARISON, Story.COOPERATION}
)
"""Stories whose figures heed a choice of needs."""

LONGEST_TEXT: Final = 120
"""Signs of a title or an occasion that fit on a title slide."""


class DeckChoiceError(ValueError):
    """A choice that is no presentation.

    Attributes:
        reason: ``no_story``, ``repeated_story``, ``no_district``, ``unused_district``,
            ``repeated_district``, ``unknown_district``, ``unheeded_needs``, ``long_text`` or
            ``control_sign``; the message is ``deck.error_<reason>``.
        values: What the message names.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(f"{reason}: {values}" if values else reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class DeckChoice:
    """A presentation; hashable, so that it is the key of caches and comparable in tests.

    Attributes:
        stories: In the order told.
        districts: AGS-5 of the districts that ``Story.DISTRICT`` tells of, in this order.
        title: On the title slide; the usual one if empty.
        occasion: On the title slide; none if empty.
        day: Of the presentation; not told if None.
        period: Months of need; None for the usual ones of each story.
        chosen: Codes by field of the needs that count in the stories of ``OF_NEEDS``; the others
            say that they count all.
        detail: How much of each story is told.
        preset: The ready presentation that it began as, which names it if ``title`` is empty.

    Raises:
        DeckChoiceError: If it has no story, names a district that is not told of, or repeats one.
    """

    stories: tuple[Story, ...]
    districts: tuple[str, ...] = ()
    title: str = ""
    occasion: str = ""
    day: date | None = None
    period: Period | None = None
    chosen: Chosen = ()
    detail: Detail = Detail.FULL
    preset: Preset | None = None

    def __post_init__(self) -> None:
        _check_stories(self.stories, self.districts)
        if self.chosen and not self.heeds_needs:
            raise DeckChoiceError("unheeded_needs")
        for ags in self.districts:
            if ags not in {area.ags for area in registry().districts}:
                raise DeckChoiceError("unknown_district", district=ags)
        for text in (self.title, self.occasion):
            if len(text) > LONGEST_TEXT:
                raise DeckChoiceError("long_text", length=len(text), longest=LONGEST_TEXT)
            if not text.isprintable():
                raise DeckChoiceError("control_sign")

    @property
    def heeds_needs(self) -> bool:
        """Say whether any of its stories heeds a choice of needs."""
        return bool(OF_NEEDS & set(self.stories))

    @classmethod
    def of_preset(cls, preset: Preset, districts: tuple[str, ...] = ()) -> Self:
        """Return a ready presentation; only ``KREISBESUCH`` tells of districts, and needs one."""
        stories, detail = _PRESETS[preset]
        return cls(stories, districts, detail=detail, preset=preset)

    def named(self, title: str = "", occasion: str = "", day: date | None = None) -> Self:
        """Return the same slides under another title."""
        return replace(self, title=title.strip(), occasion=occasion.strip(), day=day)


_PRESETS: Final[Mapping[Preset, tuple[tuple[Story, ...], Detail]]] = {
    Preset.KABINETT: (
        (Story.MODEL_EFFECT, Story.KIM_ROLLOUT, Story.OPEN, Story.NEXT),
        Detail.BRIEF,
    ),
    Preset.FACHAUSSCHUSS: (
        (
            Story.OVERVIEW,
            Story.REFERRAL_TIMES,
            Story.COMPARISON,
            Story.MODEL_EFFECT,
            Story.KIM_ROLLOUT,
            Story.OPEN,
            Story.METHOD,
        ),
        Detail.FULL,
    ),
    Preset.KREISBESUCH: ((Story.DISTRICT, Story.METHOD), Detail.FULL),
}


def _check_stories(stories: tuple[Story, ...], districts: tuple[str, ...]) -> None:
    if not stories:
        raise DeckChoiceError("no_story")
    if len(set(stories)) < len(stories):
        raise DeckChoiceError("repeated_story")
    if Story.DISTRICT in stories and not districts:
        raise DeckChoiceError("no_district")
    if districts and Story.DISTRICT not in stories:
        raise DeckChoiceError("unused_district")
    if len(set(districts)) < len(districts):
        raise DeckChoiceError("repeated_district")
