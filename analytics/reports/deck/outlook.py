"""The last slides of a decision: what stays open, and a place for what follows."""

from typing import Any

from analytics.domain.deck import Story
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.provenance import source_line
from analytics.reports.deck.notes import Section, said, sectioned
from analytics.reports.deck.slide import Kind, Part, Slide, address, foot
from analytics.reports.deck.titles import story_name
from analytics.reports.evaluation.answer import Answer, answer, kim_answer

_TABLES = ("cases", "referrals", "rollout")


def open_slide(store: ParquetStore, w: Words) -> Slide:
    """Return what the answer hangs on, and what is not known of KIM, in the verdict's words."""
    model, kim = answer(store, w), kim_answer(store, w)
    parts = (_part(w("report_deck.open_model"), model), _part(w("report_deck.open_kim"), kim))
    title = w("report_deck.open_title")
    say = said(f"{title}.", w("report_deck.say_open"), w("report_deck.say_rules"))
    texts = [f"{part.heading}: {line}" for part in parts for line in part.lines]
    page = address("effect/verdict", w)
    source = source_line(store, _TABLES, w)
    asked = sectioned(
        (
            ("numbers", (model.headline, model.basis, kim.headline, kim.basis)),
            ("method", texts),
            ("source", (source.text, w("report_deck.page", page=page))),
        ),
        w,
    )
    return _slide(store, Story.OPEN, "columns", title, w, page, (say, *asked), parts=parts)


def next_slide(store: ParquetStore, w: Words) -> Slide:
    """Return a slide with a place to fill: what follows is decided in the room, not here."""
    title = w("report_deck.next_title")
    say = said(title, w("report_deck.say_next"), w("report_deck.say_who"))
    page = address("overview", w)
    asked = sectioned((("how", (w("report_deck.how_to_fill"),)),), w)
    prompt = (w("report_deck.next_prompt"),)
    return _slide(store, Story.NEXT, "open", title, w, page, (say, *asked), lines=prompt)


def _part(name: str, found: Answer) -> Part:
    """Return what an answer hangs on; without an estimate, that there is none."""
    if found.level is None:
        return Part(name, (found.headline, found.basis))
    return Part(f"{name}: {found.doubts_heading}", found.doubts)


def _slide(
    store: ParquetStore,
    story: Story,
    kind: Kind,
    title: str,
    w: Words,
    page: str,
    sections: tuple[Section, ...],
    **told: Any,
) -> Slide:
    source = source_line(store, _TABLES, w)
    return Slide(
        id=f"{story}.{kind}",
        story=story,
        kind=kind,
        title=title,
        lines=told.get("lines", ()),
        exhibit=None,
        drawing="",
        foot=foot(source, page, w),
        page=page,
        sections=sections,
        alt="",
        provenance=source.provenance,
        provenance_text=w.label("provenance", source.provenance),
        kicker=story_name(story, w),
        parts=told.get("parts", ()),
    )
