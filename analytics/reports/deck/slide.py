"""A slide: one message with everything that must travel with it.

PowerPoint, PDF and the presentation on the screen show the same slides, so no two of them differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from analytics.domain.deck import Story
from analytics.domain.estimates import Status
from analytics.domain.pages import parted
from analytics.domain.vocabulary import Provenance
from analytics.geography.boundaries import ATTRIBUTION
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery
from analytics.reports.basis.exhibit import Exhibit, SourceLine
from analytics.reports.basis.figures import figure_of
from analytics.reports.basis.selection import chosen_texts
from analytics.reports.deck.notes import Sayable, Section, speaker_notes
from analytics.reports.deck.short import Short
from analytics.settings import settings

Shown = tuple[Callable[..., Exhibit], Exhibit]
"""A registered report and what it has made."""

Kind = Literal["title", "chart", "map", "flow", "text", "table", "grid", "columns", "open"]

_SAY_IT: Final = ("table", "grid")
"""Kinds whose cells say themselves what is not shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of two texts side by side."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """One message.

    Attributes:
        id: Stable within a deck, such as ``referral_times.curve``.
        story: The part that it belongs to; None for the title slide.
        kind: What it shows below the title; ``open`` is a place to fill.
        title: The finding; on the title slide, the presentation's title.
        lines: Beside a picture few words with n and uncertainty; on a slide of text its paragraphs;
            on the title slide occasion and day, then the data cut; on an open one what to fill in.
        exhibit: The report's data, as far as they are shown; None on slides of text.
        drawing: Which chart or map shows the exhibit, as the figure is registered; empty for tables
            and text.
        foot: Data cut, snapshot, the dashboard's page, and on a map its attribution.
        page: That page's address; relative where the dashboard does not know its own.
        sections: Of the notes for the speaker: what to say, then what to answer when asked.
        queries: What was asked of the snapshot, for the appendix.
        alt: Text alternative of chart, map or table.
        provenance: The least certain provenance of what is shown, and in words what it is.
        kicker: Which part of the presentation it is, above the title.
        number: The one number that is seen from afar; mostly empty.
        gap: How much is not shown, and why; empty if nothing is missing.
        parts: Texts side by side, on a slide of them.
    """

    id: str
    story: Story | None
    kind: Kind
    title: str
    lines: tuple[str, ...]
    exhibit: Exhibit | None
    drawing: str
    foot: str
    page: str
    sections: tuple[Section, ...]
    alt: str
    provenance: Provenance
    provenance_text: str
    queries: tuple[ExecutedQuery, ...] = ()
    kicker: str = ""
    number: str = ""
    gap: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def is_made_up(self) -> bool:
        """Say whether anything on it is made up, which its edge marks."""
        return self.provenance.is_made_up

    @property
    def chart(self) -> tuple[str, Exhibit] | None:
        """Return what is drawn as a chart, and how; None on other kinds of slides."""
        return (
            None if self.kind != "chart" or self.exhibit is None else (self.drawing, self.exhibit)
        )

    @property
    def notes(self) -> str:
        """Return the notes for the speaker as one text."""
        return "\n\n".join(
            "\n".join(filter(None, (each.heading, *each.lines))) for each in self.sections
        )


def figure_slide(
    name: str,
    story: Story,
    shown: Shown,
    short: Short,
    w: Words,
    sayable: Sayable,
    *,
    parameters: Mapping[str, object] | None = None,
    kicker: str = "",
    kind: Kind = "chart",
) -> Slide:
    """Return the slide of a registered figure: drawing and page are those of the figure.

    Args:
        name: Of the message within its story.
        story: The part it belongs to.
        shown: The figure's report and its exhibit.
        short: The finding in few words.
        w: Words of the language.
        sayable: What may be said of it and what not.
        parameters: The view's state on the page.
        kicker: Instead of the story's name.
        kind: What is below the title.
    """
    report, exhibit = shown
    record = figure_of(report)
    page = address(record.page, w, parameters)
    drawing = record.drawing
    return shown_slide(
        name, story, exhibit, drawing, short, page, w, sayable, kind=kind, kicker=kicker
    )


def shown_slide(
    name: str,
    story: Story,
    exhibit: Exhibit,
    drawing: str,
    short: Short,
    page: str,
    w: Words,
    sayable: Sayable,
    *,
    kind: Kind = "chart",
    kicker: str = "",
) -> Slide:
    """Return the slide of an exhibit; one without a figure to draw says so in words.

    Args:
        name: Of the message within its story.
        story: The part it belongs to.
        exhibit: What is shown.
        drawing: How it is drawn.
        short: The finding in few words.
        page: Address of the page that shows the same.
        w: Words of the language.
        sayable: What may be said of it and what not.
        kind: What is below the title.
        kicker: Instead of the story's name.
    """
    is_drawn = kind == "table" or _has_figures(exhibit.table.frame)
    key = f"{story}.{name}"
    return Slide(
        id=key,
        story=story,
        kind=kind if is_drawn else "text",
        title=short.title,
        lines=short.lines if is_drawn else (exhibit.sentence,),
        exhibit=exhibit,
        drawing=drawing if is_drawn else "",
        foot=foot(exhibit.source, page, w, ATTRIBUTION if kind == "map" and is_drawn else ""),
        page=page,
        sections=speaker_notes(exhibit, short, sayable, (key, page), w),
        alt=exhibit.alt,
        provenance=exhibit.source.provenance,
        provenance_text=w.label("provenance", exhibit.source.provenance),
        queries=exhibit.queries,
        kicker=_kicker(kicker or w(f"deck.story_{story}"), exhibit, w),
        number=short.number if is_drawn else "",
        gap=gap(exhibit.table.frame, w) if is_drawn and kind not in _SAY_IT else "",
    )


def data_cut(slides: Sequence[Slide]) -> date | None:
    """Return the day up to which the slides' figures count; None if they show none."""
    return next((each.exhibit.source.as_of for each in slides if each.exhibit is not None), None)


def address(place: str, w: Words, parameters: Mapping[str, object] | None = None) -> str:
    """Return the address of a page or tab with the view's state.

    It is whole where the server knows its own address; else it begins at the dashboard's.
    """
    page, opened = parted(place)
    found = {**opened, **(parameters or {}), "lang": w.language}
    pairs = [
        (name, each)
        for name, value in found.items()
        for each in (value if isinstance(value, tuple) else (value,))
    ]
    state = "&".join(f"{name}={value}" for name, value in pairs)
    return f"{settings().address}/{page}?{state}"


def foot(source: SourceLine, page: str, w: Words, credit: str = "") -> str:
    """Return for whom it is, data cut, snapshot and page; sources stand in the notes.

    ``credit`` is what the licence of something drawn asks for.
    """
    cut = w("chart.cut", date=w.date(source.as_of)) if source.as_of else ""
    snapshot = w("chart.snapshot", id=source.snapshot_id) if source.snapshot_id else ""
    ends = (source.mark, cut, snapshot, w("report_deck.sources_in_notes"), page, credit)
    return " · ".join(filter(None, ends))


def gap(frame: pd.DataFrame, w: Words) -> str:
    """Say how many figures are missing, and why; which ones say picture and notes."""
    if "status" not in frame or "label" not in frame:
        return ""
    counts = frame.loc[frame["status"] != Status.SHOWN, "status"].value_counts(sort=False)
    parts = [
        w("report_deck.gap_part", count=w.number(int(count)), reason=w(f"estimate.{status}"))
        for status, count in counts.sort_index().items()
    ]
    return w("report_deck.gap", parts=", ".join(parts)) if parts else ""


def _kicker(part: str, exhibit: Exhibit, w: Words) -> str:
    """Name the part, and whom its figures count where that is not everybody; a district once."""
    chosen = chosen_texts(exhibit.needs.chosen, w) if exhibit.needs else []
    return " · ".join(dict.fromkeys([part, *(text for _, text in chosen)]))


def _has_figures(frame: pd.DataFrame) -> bool:
    if frame.empty or "status" not in frame:
        return not frame.empty
    return bool((frame["status"] == Status.SHOWN).any())
