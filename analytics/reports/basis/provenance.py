"""Source lines: where a figure's data come from, in one sentence people can read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from analytics.domain.programme import facts
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import table as contract_table
from analytics.extracts.manifest import Manifest
from analytics.extracts.trial import is_trial
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.names import area_name, sort_key
from analytics.reports.basis.origins import delivered_to, table_origin, together

# Derived tables are made inside the snapshot; what people know are the tables behind them.
_BASES: Final[Mapping[str, tuple[str, ...]]] = {
    "referral_clock": ("cases", "referrals"),
    "case_clock": ("cases",),
}
# Areas or publications that a line names; of more it tells the number.
_NAMED: Final = 3


def source_line(
    store: ParquetStore, tables: Sequence[str], w: Words, *, districts: Sequence[str] = ()
) -> SourceLine:
    """Return the source line of a figure made from ``tables`` of the snapshot.

    Args:
        store: The snapshot.
        tables: Names of contract or derived tables; those that the snapshot lacks are left out.
        w: Language.
        districts: The figure counts only rows of these; empty for all.
    """
    manifest = store.manifest
    origins = _origins(manifest, tables, districts)
    as_of = w.date(manifest.as_of)
    full, short = (_sources(manifest, origins, districts, w, is_brief=b) for b in (False, True))
    line = w("provenance.line", sources=full, as_of=as_of, snapshot=manifest.snapshot_id)
    told = "own" if is_trial(manifest) else store.release
    mark = w(f"release.mark_{told}")
    text = f"{line} · {mark}"
    brief = w("provenance.brief", sources=short, as_of=as_of)
    provenance = together(origins.values())
    cut, snapshot = manifest.as_of, manifest.snapshot_id
    return SourceLine(text, provenance, cut, snapshot, brief, store.release, mark)


def area_origins(
    store: ParquetStore, tables: Sequence[str], areas: Iterable[str]
) -> list[Provenance]:
    """Return where each area's rows come from; of a part of a district, the district's."""
    manifest = store.manifest
    return [together(_origins(manifest, tables, (area[:5],)).values()) for area in areas]


def published_source(sources: Iterable[int], w: Words, as_of: date | None = None) -> SourceLine:
    """Return the source line of published programme facts.

    Args:
        sources: Numbers of the sources as in ``data/reference/programme.toml``.
        w: Language.
        as_of: Day that the facts are about, where there is one.
    """
    numbers = sorted(set(sources))
    text = w("provenance.published", citations="; ".join(map(citation, numbers)))
    brief = w("provenance.published_many", count=w.number(len(numbers)))
    return SourceLine(
        text, Provenance.PUBLISHED, as_of, None, brief if len(numbers) > _NAMED else text
    )


def with_published(line: SourceLine, sources: Iterable[int], w: Words) -> SourceLine:
    """Return the line of a figure that shows published facts beside the snapshot's data.

    The badge stays that of the snapshot: it is the less certain part.
    """
    published = published_source(sources, w)
    text = w("provenance.both", snapshot=line.text, published=published.text)
    brief = w("provenance.both", snapshot=line.brief, published=published.brief)
    return SourceLine(text, line.provenance, line.as_of, line.snapshot_id, brief)


def citation(number: int) -> str:
    """Return a source with its number, as in ``mkffi.nrw KIM 03.05.2021 [38]``."""
    return f"{facts().source(number)} [{number}]"


def _origins(
    manifest: Manifest, tables: Sequence[str], districts: Sequence[str]
) -> dict[str, Provenance]:
    names = dict.fromkeys(base for name in tables for base in _BASES.get(name, (name,)))
    known = (name for name in names if name in manifest.tables)
    return {name: table_origin(manifest, name, districts) for name in known}


def _sources(
    manifest: Manifest,
    origins: Mapping[str, Provenance],
    districts: Sequence[str],
    w: Words,
    *,
    is_brief: bool,
) -> str:
    """Name each provenance once; with several of them, the tables that it applies to."""
    kinds = dict.fromkeys(origins.values())
    parts = []
    for kind in kinds:
        own = [name for name, origin in origins.items() if origin is kind]
        text = _origin(kind, own, manifest, districts, w)
        if len(kinds) > 1:
            labels = _labels(own, w)
            tables = _first(labels, w) if is_brief and len(labels) > _NAMED else w.join(labels)
            text = w("provenance.tables_of", tables=tables, origin=text)
        parts.append(text)
    return "; ".join(parts)


def _origin(
    kind: Provenance, names: Sequence[str], manifest: Manifest, districts: Sequence[str], w: Words
) -> str:
    """Name the publication of official and published tables, and of mixed ones who delivered."""
    label = w.label("provenance", kind)
    if kind is Provenance.MIXED:
        senders = {
            sender
            for name in names
            for sender in delivered_to(manifest, name)
            if not districts or sender[:5] in districts
        }
        return w("provenance.mixed", label=label, areas=_named(senders, w))
    sources = [manifest.tables[name].source for name in names]
    named = [source for source in dict.fromkeys(sources) if source]
    if kind in (Provenance.OFFICIAL, Provenance.PUBLISHED) and named:
        return f"{label} ({'; '.join(named)})"
    return label


def _named(areas: Iterable[str], w: Words) -> str:
    """Return the names of a few areas, or how many there are."""
    names = sorted({area_name(area, w) for area in areas}, key=sort_key)
    if len(names) <= _NAMED:
        return w.join(names)
    return w("provenance.areas", count=w.number(len(names)))


def _first(labels: Sequence[str], w: Words) -> str:
    """Return the first names and how many more there are."""
    shown = labels[: _NAMED - 1]
    return w("provenance.several", first=", ".join(shown), count=w.number(len(labels) - len(shown)))


def _labels(names: Iterable[str], w: Words) -> list[str]:
    return [w(contract_table(name).label) for name in names]
