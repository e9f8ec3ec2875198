"""The appendix of a presentation: what was asked of the snapshot, slide by slide, as SQL."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analytics.i18n import Words
from analytics.reports.deck import Slide


def queries_name(target: Path, w: Words) -> Path:
    """Return the name of the appendix, beside the file of the presentation."""
    return target.with_name(w("report_deck.queries_name", stem=target.stem))


def queries_sql(slides: Sequence[Slide], w: Words) -> bytes:
    """Return each slide's statements below a heading; a statement told before is named only."""
    return "\n".join(_lines(slides, w)).encode()


def _lines(slides: Sequence[Slide], w: Words) -> Iterator[str]:
    told: dict[str, str] = {}
    yield f"-- {slides[0].title}"
    yield f"-- {slides[0].foot}"
    for number, slide in enumerate(slides, start=1):
        if not slide.queries:
            continue
        yield ""
        yield f"-- {'=' * 90}"
        yield f"-- {slide.id}: {w('deck_pdf.of_slide', number=w.number(number), title=slide.title)}"
        for query in slide.queries:
            text = query.text.strip()
            if text in told:
                yield w("report_deck.query_again", name=query.name, slide=told[text])
                continue
            told[text] = slide.id
            yield f"\n{text.rstrip(';')};"
