"""Source lines: where a figure's data come from, in one sentence people can read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from analytics.domain.programme import facts
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import table as contract_table
from analytics.extracts.manifest import Manifest, TableEntry, weakest
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.exhibit import SourceLine

# Derived tables are made inside the snapshot; what people know are the tables behind them.
_BASES: Final[Mapping[str, tuple[str, ...]]] = {
    "referral_clock": ("cases", "referrals"),
    "case_clock": ("cases",),
}


def source_line(store: ParquetStore, tables: Sequence[str], w: Words) -> SourceLine:
    """Return the source line of a figure made from ``tables`` of the snapshot.

    Args:
        store: The snapshot.
        tables: Names of contract or derived tables; those that the snapshot lacks are left out.
        w: Language.
    """
    manifest = store.manifest
    entries = _entries(manifest, tables)
    text = w(
        "provenance.line",
        sources=_sources(entries, w),
        as_of=w.date(manifest.as_of),
        snapshot=manifest.snapshot_id,
    )
    return SourceLine(text, _least_certain(entries), manifest.as_of, manifest.snapshot_id)


def published_source(sources: Iterable[int], w: Words, as_of: date | None = None) -> SourceLine:
    """Return the source line of published programme facts.

    Args:
        sources: Numbers of the sources as in ``data/reference/programme.toml``.
        w: Language.
        as_of: Day that the facts are about, where there is one.
    """
    citations = "; ".join(citation(number) for number in sorted(set(sources)))
    text = w("provenance.published", citations=citations)
    return SourceLine(text, Provenance.PUBLISHED, as_of, None)


def with_published(line: SourceLine, sources: Iterable[int], w: Words) -> SourceLine:
    """Return the line of a figure that shows published facts beside the snapshot's data.

    The badge stays that of the snapshot: it is the less certain part.
    """
    text = w("provenance.both", snapshot=line.text, published=published_source(sources, w).text)
    return SourceLine(text, line.provenance, line.as_of, line.snapshot_id)


def citation(number: int) -> str:
    """Return a source with its number, as in ``mkffi.nrw KIM 03.05.2021 [38]``."""
    return f"{facts().source(number)} [{number}]"


def _least_certain(entries: Mapping[str, TableEntry]) -> Provenance:
    """Return the provenance of the whole; nothing known must never look like a statistic."""
    if not entries:
        return Provenance.SYNTHETIC
    return weakest(*(entry.provenance for entry in entries.values()))


def _entries(manifest: Manifest, tables: Sequence[str]) -> dict[str, TableEntry]:
    names = dict.fromkeys(base for name in tables for base in _BASES.get(name, (name,)))
    return {name: manifest.tables[name] for name in names if name in manifest.tables}


def _sources(entries: Mapping[str, TableEntry], w: Words) -> str:
    """Name each provenance once; with several of them, the tables that it applies to."""
    kinds = dict.fromkeys(entry.provenance for entry in entries.values())
    if len(kinds) == 1:
        return _origin(next(iter(kinds)), entries, w)
    parts = [
        w("provenance.tables_of", tables=w.join(_labels(own, w)), origin=_origin(kind, own, w))
        for kind in kinds
        for own in [{n: e for n, e in entries.items() if e.provenance is kind}]
    ]
    return "; ".join(parts)


def _origin(kind: Provenance, entries: Mapping[str, TableEntry], w: Words) -> str:
    """Official and published tables name their publication, the others only what they are."""
    label = w.label("provenance", kind)
    named = list(dict.fromkeys(e.source for e in entries.values() if e.source))
    if kind in (Provenance.OFFICIAL, Provenance.PUBLISHED) and named:
        return f"{label} ({'; '.join(named)})"
    return label


def _labels(names: Iterable[str], w: Words) -> list[str]:
    return [w(contract_table(name).label) for name in names]
