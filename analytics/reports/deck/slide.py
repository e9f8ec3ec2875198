"""A slide: one message with everything that must travel with it.

PowerPoint, PDF and the presentation on the screen show the same slides, so no two of them differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from analytics.domain.deck import Story
from analytics.domain.estimates import Status
from analytics.domain.pages import parted
from analytics.domain.vocabulary import Provenance
from analytics.geography.boundaries import ATTRIBUTION
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit, SourceLine
from analytics.reports.basis.figures import figure_of
from analytics.reports.basis.selection import chosen_texts
from analytics.reports.deck.notes import Sayable, Section, speaker_notes

Shown = tuple[Callable[..., Exhibit], Exhibit]
"""A registered report and what it has made."""

Kind = Literal["title", "chart", "map", "text", "table"]

_NAMED = 3
_LONGEST_SOURCE = 220


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """One message.

    Attributes:
        id: Stable within a deck, such as ``referral_times.curve``.
        story: The part that it belongs to; None for the title slide.
        kind: What it shows below the title.
        title: The finding; on the title slide, the presentation's title.
        sentence: The finding in plain language, with n and uncertainty; on the title slide,
            occasion and day.
        exhibit: The report's data, as far as they are shown; None on slides of text.
        drawing: Which chart or map shows the exhibit, as the figure is registered; empty for tables
            and text.
        foot: Source, data cut, snapshot, the dashboard's page, and on a map its attribution.
        page: That page's address, relative to a dashboard whose host is not known.
        sections: Of the notes for the speaker: definition, numbers, method, what may be said, SQL.
        alt: Text alternative of chart, map or table.
        provenance: The least certain provenance of what is shown, and in words what it is.
        kicker: Which part of the presentation it is, above the title.
        heading: Above the sentence, such as what may be said; mostly empty.
        paragraphs: What a slide of text says.
        gap: What is not shown, and why; empty if nothing is missing.
        course: Drawn as a trend below the chart: what the estimate above it was made from.
    """

    id: str
    story: Story | None
    kind: Kind
    title: str
    sentence: str
    exhibit: Exhibit | None
    drawing: str
    foot: str
    page: str
    sections: tuple[Section, ...]
    alt: str
    provenance: Provenance
    provenance_text: str
    kicker: str = ""
    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    gap: str = ""
    course: Exhibit | None = None

    @property
    def charts(self) -> tuple[tuple[str, Exhibit], ...]:
        """Return what is drawn as charts, from top to bottom; nothing on other kinds of slides."""
        if self.kind != "chart" or self.exhibit is None:
            return ()
        first = (self.drawing, self.exhibit)
        return (first, ("group_trends", self.course)) if self.course is not None else (first,)

    @property
    def notes(self) -> str:
        """Return the notes for the speaker as one text."""
        return "\n\n".join("\n".join((each.heading, *each.lines)) for each in self.sections)


def figure_slide(
    name: str,
    story: Story,
    shown: Shown,
    w: Words,
    sayable: Sayable,
    *,
    parameters: Mapping[str, object] | None = None,
    **told: Any,
) -> Slide:
    """Return the slide of a registered figure: drawing and page are those of the figure.

    Args:
        name: Of the message within its story.
        story: The part it belongs to.
        shown: The figure's report and its exhibit.
        w: Words of the language.
        sayable: What may be said of it and what not.
        parameters: The view's state on the page.
        told: As ``shown_slide`` takes it.
    """
    report, exhibit = shown
    record = figure_of(report)
    page = address(record.page, w, parameters)
    return shown_slide(name, story, exhibit, record.drawing, page, w, sayable, **told)


def shown_slide(
    name: str,
    story: Story,
    exhibit: Exhibit,
    drawing: str,
    page: str,
    w: Words,
    sayable: Sayable,
    *,
    kind: Kind = "chart",
    title: str = "",
    sentence: str = "",
    heading: str = "",
    kicker: str = "",
    course: Exhibit | None = None,
) -> Slide:
    """Return the slide of an exhibit; one without a figure to draw says so in words.

    Args:
        name: Of the message within its story.
        story: The part it belongs to.
        exhibit: What is shown.
        drawing: How it is drawn.
        page: Address of the page that shows the same.
        w: Words of the language.
        sayable: What may be said of it and what not.
        kind: What is below the title.
        title: Instead of the exhibit's.
        sentence: Instead of the exhibit's.
        heading: Above the sentence.
        kicker: Instead of the story's name.
        course: A trend to draw below the chart.
    """
    is_drawn = kind == "table" or _has_figures(exhibit.table.frame)
    drawn = [course] if course is not None and is_drawn and _has_figures(course.table.frame) else []
    told = sentence or exhibit.sentence
    return Slide(
        id=f"{story}.{name}",
        story=story,
        kind=kind if is_drawn else "text",
        title=title or exhibit.title,
        sentence=told if is_drawn else "",
        exhibit=exhibit,
        drawing=drawing if is_drawn else "",
        foot=foot(exhibit.source, page, w, ATTRIBUTION if kind == "map" and is_drawn else ""),
        page=page,
        sections=speaker_notes((exhibit, *drawn), sayable, page, w),
        alt=exhibit.alt,
        course=next(iter(drawn), None),
        provenance=exhibit.source.provenance,
        provenance_text=w.label("provenance", exhibit.source.provenance),
        kicker=_kicker(kicker or w(f"deck.story_{story}"), exhibit, w),
        heading=heading,
        paragraphs=() if is_drawn else (told,),
        gap=gaps(exhibit.table.frame, w) if is_drawn else "",
    )


def data_cut(slides: Sequence[Slide]) -> date | None:
    """Return the day up to which the slides' figures count; None if they show none."""
    return next((each.exhibit.source.as_of for each in slides if each.exhibit is not None), None)


def address(place: str, w: Words, parameters: Mapping[str, object] | None = None) -> str:
    """Return the address of a page or tab relative to the dashboard's, with the view's state."""
    page, opened = parted(place)
    found = {**opened, **(parameters or {}), "lang": w.language}
    pairs = [
        (name, each)
        for name, value in found.items()
        for each in (value if isinstance(value, tuple) else (value,))
    ]
    return f"/{page}?" + "&".join(f"{name}={value}" for name, value in pairs)


def foot(source: SourceLine, page: str, w: Words, credit: str = "") -> str:
    """Return source, data cut, snapshot and page; a long list of sources stands in the notes.

    ``credit`` is what the licence of something drawn asks for.
    """
    text = source.text
    if len(text) > _LONGEST_SOURCE:
        cut = w("chart.cut", date=w.date(source.as_of)) if source.as_of else ""
        snapshot = w("chart.snapshot", id=source.snapshot_id) if source.snapshot_id else ""
        label = w.label("provenance", source.provenance)
        parts = (label, cut, snapshot, w("report_deck.sources_in_notes"))
        text = " · ".join(part for part in parts if part)
    return " · ".join(filter(None, (w("report_deck.foot", source=text, page=page), credit)))


def gaps(frame: pd.DataFrame, w: Words) -> str:
    """Say which figures are missing and why: a few by name, of more the number."""
    if "status" not in frame or "label" not in frame:
        return ""
    repeated = frame.loc[frame["label"].duplicated(), "label"]
    parts = []
    for status, part in frame[frame["status"] != Status.SHOWN].groupby("status", sort=True):
        names = list(dict.fromkeys(part["label"].astype(str)))
        few = len(part) <= _NAMED and not part["label"].isin(repeated).any()
        what = w.join(names) if few else w("report_deck.gap_count", count=w.number(len(part)))
        parts.append(f"{what}: {w(f'estimate.{status}')}")
    return w("report_deck.gap", parts="; ".join(parts)) if parts else ""


def _kicker(part: str, exhibit: Exhibit, w: Words) -> str:
    """Name the part, and whom its figures count where that is not everybody."""
    chosen = chosen_texts(exhibit.needs.chosen, w) if exhibit.needs else []
    return " · ".join([part, *(text for _, text in chosen)])


def _has_figures(frame: pd.DataFrame) -> bool:
    if frame.empty or "status" not in frame:
        return not frame.empty
    return bool((frame["status"] == Status.SHOWN).any())
