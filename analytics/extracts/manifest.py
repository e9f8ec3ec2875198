"""What a snapshot says about itself: data cut, tables with checksums, where the rows come from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from analytics.domain.vocabulary import Provenance

MANIFEST_NAME: Final = "manifest.json"

# From what may be shown as a fact to what may not: a table is as good as its weakest rows.
_WEAKEST_LAST: Final = (
    Provenance.OFFICIAL,
    Provenance.PUBLISHED,
    Provenance.DELIVERED,
    Provenance.SYNTHETIC,
)


class ManifestError(ValueError):
    """A manifest that is missing, unreadable or incomplete."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last delivery of one area to one table.

    Attributes:
        provenance: Where its rows come from.
        file: A bare file name.
        delivered_at: When it was taken.
        rows: How many of its rows were taken.
        not_recorded: Columns that the sender does not record: what needs them has no value.
        confirmed: Questions about the delivery that the sender answered with "so it is".
    """

    provenance: Provenance
    file: str
    delivered_at: datetime
    rows: int
    not_recorded: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One Parquet file of a snapshot.

    ``provenance`` is that of the weakest rows: a table stays synthetic as long as any synthetic row
    remains. ``deliveries`` says per area (AGS or unit) what has been delivered since the base.
    """

    rows: int
    sha256: str
    provenance: Provenance
    source: str
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``manifest.json``; ``as_of`` is the data cut of all tables."""

    snapshot_id: str
    contract_version: int
    created: datetime
    as_of: date
    parent: str | None
    tables: Mapping[str, TableEntry]

    @property
    def is_synthetic(self) -> bool:
        """Say whether any table still holds synthetic rows."""
        return any(entry.provenance is Provenance.SYNTHETIC for entry in self.tables.values())

    def to_json(self) -> str:
        """Return the text of ``manifest.json``; keys sorted, times in ISO 8601."""
        return json.dumps(
            asdict(self), default=_plain, ensure_ascii=False, indent=2, sort_keys=True
        )


def weakest(*provenances: Provenance) -> Provenance:
    """Return the provenance that a table with rows of all these has; at least one is needed."""
    return max(provenances, key=_WEAKEST_LAST.index)


def not_recorded(*tables: Mapping[str, Delivery]) -> dict[str, frozenset[str]]:
    """Return the columns that each sender does not record in any of the tables' deliveries."""
    found: dict[str, frozenset[str]] = {}
    for deliveries in tables:
        for sender, delivery in deliveries.items():
            columns = found.get(sender, frozenset()) | frozenset(delivery.not_recorded)
            if columns:
                found[sender] = columns
    return found


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the snapshot in ``folder``.

    Raises:
        ManifestError: If it is missing, not JSON, or lacks a field.
    """
    path = folder / MANIFEST_NAME
    try:
        content = json.loads(path.read_text("utf-8"))
        return _manifest(content)
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path}: {error!r}") from error


def _manifest(content: Mapping[str, Any]) -> Manifest:
    return Manifest(
        snapshot_id=content["snapshot_id"],
        contract_version=content["contract_version"],
        created=datetime.fromisoformat(content["created"]),
        as_of=date.fromisoformat(content["as_of"]),
        parent=content["parent"],
        tables={name: _entry(entry) for name, entry in content["tables"].items()},
    )


def _entry(content: Mapping[str, Any]) -> TableEntry:
    return TableEntry(
        rows=content["rows"],
        sha256=content["sha256"],
        provenance=Provenance(content["provenance"]),
        source=content["source"],
        deliveries={area: _delivery(item) for area, item in content["deliveries"].items()},
    )


def _delivery(content: Mapping[str, Any]) -> Delivery:
    return Delivery(
        provenance=Provenance(content["provenance"]),
        file=content["file"],
        delivered_at=datetime.fromisoformat(content["delivered_at"]),
        rows=content["rows"],
        # Manifests of before say nothing of it: then nothing was told.
        not_recorded=tuple(content.get("not_recorded", ())),
        confirmed=tuple(content.get("confirmed", ())),
    )


def _plain(value: object) -> str:
    if isinstance(value, date):  # datetime is a date
        return value.isoformat()
    raise TypeError(f"not for a manifest: {type(value).__name__}")
