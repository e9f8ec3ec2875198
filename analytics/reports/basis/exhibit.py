"""An exhibit: one figure's data with everything that must travel with it.

Page, slide, PDF and CSV show the same exhibit, so no two of them can disagree.
"""

from dataclasses import dataclass
from datetime import date

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.queries.store import ExecutedQuery

__all__ = ["Column", "Exhibit", "KeyFigure", "Point", "ReleasedTable", "SourceLine"]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a figure comes from.

    Attributes:
        text: The whole line as people read it.
        provenance: The least certain provenance of what went in; ``mixed`` where rows of districts
            that have delivered went in beside synthetic ones.
        as_of: The data cut, or the date of a published source.
        snapshot_id: None for published facts that are not in a snapshot.
        brief: The line below a figure, on a page whose foot names the snapshot; else the whole one.
        release: For whom the figures are told; None for published facts.
        mark: The same in words, for what leaves the page; the line holds it.
    """

    text: str
    provenance: Provenance
    as_of: date | None
    snapshot_id: str | None
    brief: str = ""
    release: Release | None = None
    mark: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "brief", self.brief or self.text)


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time that the finding names, for the picture to mark; its value is the table's.

    Attributes:
        series: Of the row.
        at: First day of its quarter or month.
        text: What stands at the point, in a few words.
        is_high: Whether it lies above what is around it, so that the text has room above.
    """

    series: str
    at: date
    text: str
    is_high: bool


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """One figure: its finding, its data, and what is needed to trust or doubt it.

    Attributes:
        id: Stable name: file name of downloads and key on the page.
        title: States the finding.
        sentence: The same in plain language, with n and uncertainty, from the same numbers.
        table: The figure's data and its table twin.
        alt: Text alternative of the picture.
        source: Source line.
        indicators: Ids of the catalogue whose definitions belong to it.
        notes: Caveats, one sentence each.
        queries: What was asked, with parameters, in the order asked.
        needs: Which needs count; None where it is not about needs that can be chosen.
        choice: What else was chosen, as codes by their names, several joined by ``+``: a district,
            how an effect was estimated.
        subtitle: What is measured in which unit, where and when; empty for lists in words.
        points: Points in time that title or sentence name.
    """

    id: str
    title: str
    sentence: str
    table: ReleasedTable
    alt: str
    source: SourceLine
    indicators: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    queries: tuple[ExecutedQuery, ...] = ()
    needs: NeedFilter | None = None
    choice: tuple[tuple[str, str], ...] = ()
    subtitle: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A headline number: what it is, its value, interval and change in words.

    Attributes:
        indicator: Id in the catalogue.
        label: What it is.
        estimate: Protected value.
        value: Formatted value, or why there is none.
        interval: Formatted 95 % interval with n; empty when there is none.
        change: How it moved and over what span, or how it differs; with its uncertainty.
        direction: ``better``, ``worse``, ``none`` or ``unclear`` when the interval of the change
            includes zero.
    """

    indicator: str
    label: str
    estimate: Estimate
    value: str
    interval: str
    change: str
    direction: str
