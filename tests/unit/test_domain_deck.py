"""A presentation is a frozen choice that refuses what cannot be told."""

from datetime import date

import pytest

from analytics.domain.deck import LONGEST_TEXT, DeckChoice, DeckChoiceError, Preset, Story
from analytics.i18n import words
from analytics.reports.deck import choice_problem

AACHEN = "05334"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"stories": ()}, "no_story"),
        ({"stories": (Story.METHOD, Story.METHOD)}, "repeated_story"),
        ({"stories": (Story.DISTRICT,)}, "no_district"),
        ({"stories": (Story.METHOD,), "districts": (AACHEN,)}, "unused_district"),
        ({"stories": (Story.DISTRICT,), "districts": (AACHEN, AACHEN)}, "repeated_district"),
        ({"stories": (Story.DISTRICT,), "districts": ("05999",)}, "unknown_district"),
        ({"stories": (Story.METHOD,), "title": "x" * (LONGEST_TEXT + 1)}, "long_text"),
        ({"stories": (Story.METHOD,), "occasion": "a\nb"}, "control_sign"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_reason_in_words(arguments, reason):
    with pytest.raises(DeckChoiceError) as refused:
        DeckChoice(**arguments)
    assert refused.value.reason == reason
    texts = {choice_problem(refused.value, words(language)) for language in ("de", "en")}
    assert len(texts) == 2


def test_equal_choices_are_one_key_and_order_counts():
    first = DeckChoice((Story.OVERVIEW, Story.METHOD))
    assert hash(first) == hash(DeckChoice((Story.OVERVIEW, Story.METHOD)))
    assert first != DeckChoice((Story.METHOD, Story.OVERVIEW))


def test_a_visit_needs_a_district_and_a_cabinet_takes_none():
    with pytest.raises(DeckChoiceError, match="no_district"):
        DeckChoice.of_preset(Preset.KREISBESUCH)
    with pytest.raises(DeckChoiceError, match="unused_district"):
        DeckChoice.of_preset(Preset.KABINETT, (AACHEN,))


def test_naming_keeps_the_slides():
    plain = DeckChoice.of_preset(Preset.KABINETT)
    named = plain.named(" Stand ", "Kabinett", date(2024, 1, 9))
    assert (named.title, named.occasion, named.day) == ("Stand", "Kabinett", date(2024, 1, 9))
    assert named.stories == plain.stories
