"""An answer as a slide of its own, for the presentation that someone is making."""

from functools import partial
from pathlib import Path
from typing import Final

from analytics.domain.deck import DeckChoice, Preset
from analytics.domain.inquiry import Inquiry
from analytics.exports.slides import deck_pptx
from analytics.i18n import Language, Words, words
from analytics.reports.deck.answer_slides import answer_slide
from analytics.reports.deck.slide import Slide
from analytics.ui import data, handouts

_PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def draw(asked: Inquiry, w: Words) -> None:
    """Draw the button that makes the slide."""
    question = data.ask(answer_slide, asked)
    handouts.button(
        w("explore.slide"),
        partial(_slide, question, data.folder_of_view(), w.language),
        file_name=f"{asked.indicator}_{w.language}.pptx",
        mime=_PPTX,
        key="answer_slide",
        icon=":material/slideshow:",
    )


def _slide(question: data.Question[Slide], snapshot: Path, language: Language) -> bytes:
    told = question.answer_from(snapshot, language)
    return deck_pptx((told,), DeckChoice.of_preset(Preset.KABINETT), words(language))
