"""An effect is shown, compatible with the data or not supported, and never just named."""

import re
from typing import Final

import pytest

from analytics.i18n import LANGUAGES, words

NEVER: Final = (
    "Die Aussage zur Wirkung ist gedeckt",
    "Das prüfen nur die Folien zur Wirkung",
    "only the slides on effects examine that",
    "The interval excludes no difference",
    "würde genügen, um es aufzuheben",
)
EFFECT: Final = {"de": r"\bWirkung", "en": r"\beffects?\b"}
LEVELS: Final = {
    "de": r"gezeigt|zeigt|vereinbar|(nicht|weder|noch) gestützt",
    "en": r"\bshow(n|s)?\b|compatible|(not|nor) supported",
}
SIMULATED: Final = (
    "coverage.", "page_method_check.", "figure.rejections", "figure.false_verdicts",
    "figure.true_verdicts", "cli_coverage.", "cli_demo.", "method_check.",
)  # fmt: skip
"""Of worlds whose effect is laid down, or of published figures: nothing is claimed of the data."""
REFUSED: Final = "verdict.not_"
"""Quoted under the heading of what is not supported."""
MISTAKES: Final = (
    "plan.note_level", "verdict.note_rules", "verdict.note_slow_drift",
    "verdict.rule_comparability_why", "verdict.rule_placebo_why", "verdict.rule_slope_why",
)  # fmt: skip
"""Name the mistake of taking something else for an effect, which a rule is there to prevent."""

TASK: Final = ("ui.task_effect", "ui.page_effect")
"""What people come for, in the menu: a question, of which the page says what holds."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_that_say_too_much_or_nothing_are_gone(language: str) -> None:
    texts = words(language).messages.values()
    assert not [text for text in texts for phrase in NEVER if phrase in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_and_no_sentence_names_an_effect_without_its_level(language: str) -> None:
    named = {
        name: text
        for name, text in words(language).messages.items()
        if re.search(EFFECT[language], text)
        and not re.search(LEVELS[language], text, re.IGNORECASE)
        and not name.startswith((*SIMULATED, REFUSED))
        and name not in (*MISTAKES, *TASK)
    }
    assert named == {}
