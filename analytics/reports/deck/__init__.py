"""A presentation as values: which slides it has, and all that each of them says."""

from analytics.reports.deck.slide import Kind, Slide, data_cut
from analytics.reports.deck.stories import slides
from analytics.reports.deck.titles import choice_problem, deck_title, preset_name, story_name

__all__ = [
    "Kind",
    "Slide",
    "choice_problem",
    "data_cut",
    "deck_title",
    "preset_name",
    "slides",
    "story_name",
]
