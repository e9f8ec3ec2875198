"""The one way to make an exhibit: first what it is based on, then what it says and shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import Column, ColumnKind, ReleasedTable
from analytics.domain.filters import NeedFilter
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.exhibit import Exhibit, Point, SourceLine
from analytics.reports.basis.fineness import as_worded
from analytics.reports.basis.origins import counted_districts
from analytics.reports.basis.provenance import source_line
from analytics.reports.basis.subtitles import subtitle

__all__ = [
    "Basis", "Column", "Exhibit", "Point", "based_on", "estimated", "internal", "readable",
    "stated",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """What an exhibit is based on; the exhibits of one report may share it.

    Attributes:
        source: Source line.
        words: Language.
        needs: Which needs count; None where it is not about needs that can be chosen.
        indicators: Ids of the catalogue whose definitions belong to it.
        choice: What else was chosen, as codes by their names.
        notes: Caveats that follow each exhibit's own.
        queries: What was asked for these notes.
        is_coarse: Whether estimates are told no finer than they are worded.
    """

    source: SourceLine
    words: Words
    needs: NeedFilter | None = None
    indicators: tuple[str, ...] = ()
    choice: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    queries: tuple[ExecutedQuery, ...] = ()
    is_coarse: bool = False

    def exhibit(
        self,
        name: str,
        title: str,
        sentence: str,
        columns: Sequence[Column],
        frame: pd.DataFrame,
        *,
        indicators: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        queries: tuple[ExecutedQuery, ...] = (),
        choice: tuple[tuple[str, str], ...] = (),
        measure: str = "",
        span: str | None = None,
        alt: str = "",
        points: tuple[Point, ...] = (),
    ) -> Exhibit:
        """Return the exhibit ``name``; raises ValueError where the gate must not let it pass.

        Args:
            name: Its id.
            title: States the finding.
            sentence: The same in plain language, with n and uncertainty.
            columns: Those of the frame that are told.
            frame: Its data.
            indicators: Ids of the catalogue that define it, besides those of the basis.
            notes: Caveats of its own.
            queries: What was asked, in the order asked.
            choice: What was chosen besides what the basis tells.
            measure: What is measured in which unit, where no single indicator says it.
            span: When, where neither needs nor choice say it; empty where ``measure`` does.
            alt: Text alternative of the picture, where it says more than title and sentence.
            points: Points in time that title or sentence name.
        """
        frame = as_worded(columns, frame) if self.is_coarse else frame
        told, w = (*self.choice, *choice), self.words
        defined = (*self.indicators, *indicators)
        below = subtitle(measure, defined, self.needs, dict(told), self.source, w, span)
        return Exhibit(
            id=name,
            title=title,
            subtitle=below,
            sentence=sentence,
            table=ReleasedTable(tuple(columns), frame),
            alt=alt or w("indicator.alt", title=title, sentence=sentence),
            source=self.source,
            indicators=defined,
            notes=(*notes, *self.notes),
            queries=(*queries, *self.queries),
            needs=self.needs,
            choice=told,
            points=points,
        )


def based_on(
    store: ParquetStore,
    tables: Sequence[str],
    w: Words,
    *,
    districts: Sequence[str] = (),
    needs: NeedFilter | None = None,
    indicators: tuple[str, ...] = (),
    choice: tuple[tuple[str, str], ...] = (),
    notes: tuple[str, ...] = (),
    queries: tuple[ExecutedQuery, ...] = (),
) -> Basis:
    """Return the basis of exhibits that are made from tables of a snapshot.

    Args:
        store: The snapshot.
        tables: Names of contract or derived tables.
        w: Language.
        districts: Only rows of these count; of ``needs`` those that it counts, else empty for all.
        needs: Which needs count.
        indicators: Ids of the catalogue whose definitions belong to them.
        choice: What else was chosen, as codes by their names.
        notes: Caveats that follow each exhibit's own.
        queries: What was asked for these notes.
    """
    if needs is not None:
        districts = counted_districts(needs)
    source = source_line(store, tables, w, districts=districts)
    return Basis(source, w, needs, indicators, choice, notes, queries)


def stated(text: str, w: Words, brief: str = "") -> Basis:
    """Return the basis of exhibits that need no snapshot, with a source line of their own."""
    return Basis(SourceLine(text, Provenance.PUBLISHED, None, None, brief), w)


def readable(
    w: Words, kind: ColumnKind = "text", digits: int = 0, /, **labels: str
) -> list[Column]:
    """Return columns that people read: by name the message of each label, all of one kind."""
    return [Column(name, w(label), kind, digits) for name, label in labels.items()]


def internal(w: Words, /, **labels: str) -> list[Column]:
    """Return columns that are carried for charts and programs, by name the message of the label."""
    return [Column(name, w(label), internal=True) for name, label in labels.items()]


def estimated(label: str, kind: ColumnKind, digits: int, w: Words) -> list[Column]:
    """Return the columns of an estimate with the bounds of its interval."""
    bounds = readable(w, kind, digits, low="indicator.low", high="indicator.high")
    return [Column("value", label, kind, digits), *bounds]
