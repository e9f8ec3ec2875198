"""The file of a presentation, apart from what writes it: pages and commands begin without it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, get_args

from analytics.domain.deck import DeckChoice
from analytics.i18n import Words

if TYPE_CHECKING:
    from analytics.exports.pptx.brand import Brand
    from analytics.reports.deck import Slide

DeckFormat = Literal["pptx", "pdf"]

DECK_FORMATS: Final[tuple[DeckFormat, ...]] = get_args(DeckFormat)


def deck_file(
    file_format: DeckFormat,
    slides: "Sequence[Slide]",
    deck: DeckChoice,
    w: Words,
    brand: "Brand | None" = None,
) -> bytes:
    """Return the slides as a file. Each format has libraries of its own, loaded when asked for.

    Args:
        file_format: Of the file.
        slides: What is told.
        deck: The choice that they were made of.
        w: Words of the language.
        brand: Whose colours and fonts a PowerPoint file has; ours if None.
    """
    if file_format == "pdf":
        from analytics.exports.deck_pdf import deck_pdf

        return deck_pdf(slides, deck, w)
    from analytics.exports.slides import deck_pptx

    return deck_pptx(slides, deck, w, brand)
