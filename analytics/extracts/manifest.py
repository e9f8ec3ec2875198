"""What a snapshot says about itself: data cut, tables with checksums, where the rows come from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import CONTRACT_VERSION, OLDEST_VERSION
from analytics.extracts.durable import read_small

MANIFEST_NAME: Final = "manifest.json"

Value = TypeVar("Value")

_LARGEST: Final = 16 << 20
_DIGITS: Final = 16
"""Of a digest in an id: so many that nobody makes a second manifest of the same id."""

# From what may be shown as a fact to what may not: a table is as good as its weakest rows.
_WEAKEST_LAST: Final = (
    Provenance.OFFICIAL,
    Provenance.PUBLISHED,
    Provenance.DELIVERED,
    Provenance.SYNTHETIC,
)


class ManifestError(ValueError):
    """A manifest that is missing, unreadable or incomplete."""


class OtherContractError(ManifestError):
    """A manifest of a version of the data contract whose tables may mean something else."""

    def __init__(self, path: Path, found: int) -> None:
        super().__init__(f"{path}: contract version {found}")
        self.found = found


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
    """The contents of ``manifest.json``.

    Attributes:
        snapshot_id: Data cut, time, and a digest of everything else in the manifest.
        contract_version: Of the data contract that the tables follow.
        created: By the clock of the machine, which may be wrong.
        as_of: The data cut of all tables.
        parent: The snapshot that this one continues.
        tables: What each file holds.
        derived_version: Of the statements that made the derived tables (``derive``).
        sequence: Counts the publications of a store, whatever the clock says.

    The last two are empty in manifests of release 0.1.0.
    """

    snapshot_id: str
    contract_version: int
    created: datetime
    as_of: date
    parent: str | None
    tables: Mapping[str, TableEntry]
    derived_version: str = ""
    sequence: int = 0

    @property
    def is_synthetic(self) -> bool:
        """Say whether any table still holds synthetic rows."""
        return any(entry.provenance is Provenance.SYNTHETIC for entry in self.tables.values())

    @property
    def is_legacy(self) -> bool:
        """Say whether the id is one of release 0.1.0, which vouches for the checksums only."""
        return self.snapshot_id == _legacy_id(self.tables, self.as_of, self.created)

    def named(self) -> "Manifest":
        """Return the manifest with the id that its content has."""
        return replace(self, snapshot_id=content_id(json.loads(self.to_json())))

    def to_json(self) -> str:
        """Return the text of ``manifest.json``; keys sorted, times in ISO 8601."""
        return json.dumps(
            asdict(self), default=_plain, ensure_ascii=False, indent=2, sort_keys=True
        )


def weakest(*provenances: Provenance) -> Provenance:
    """Return the provenance that a table with rows of all these has; at least one is needed."""
    return max(provenances, key=_WEAKEST_LAST.index)


def not_recorded(
    *tables: Mapping[str, Delivery], **optional: Mapping[str, Delivery]
) -> dict[str, frozenset[str]]:
    """Return the columns that each sender does not record in any of the tables' deliveries.

    Columns of ``optional`` tables bear the table's name, as several have columns of one name:
    ``titles_decided_on``.
    """
    found: dict[str, frozenset[str]] = {}
    named = [("", each) for each in tables] + [(f"{name}_", d) for name, d in optional.items()]
    for prefix, deliveries in named:
        for sender, delivery in deliveries.items():
            told = {f"{prefix}{column}" for column in delivery.not_recorded}
            if columns := found.get(sender, frozenset()) | told:
                found[sender] = columns
    return found


def content_id(content: Mapping[str, Any]) -> str:
    """Return the id of a snapshot with such a manifest: its digest covers all but the id itself.

    It is made of the text as it stands in the file, so what this program does not know counts too.
    """
    named = {key: value for key, value in content.items() if key != "snapshot_id"}
    text = json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    as_of, created = _times(content)
    return f"{_begin(as_of, created)}{digest}"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the snapshot in ``folder``.

    Raises:
        OtherContractError: If its tables follow another version of the data contract.
        ManifestError: If it is missing, no regular file, not JSON, or lacks a field.
    """
    return read_named(folder)[0]


def read_named(folder: Path) -> tuple[Manifest, str]:
    """Read the manifest of the snapshot in ``folder``, and return with it the id that it earns.

    Raises:
        ManifestError: As ``read_manifest`` does.
    """
    path = folder / MANIFEST_NAME
    try:
        content = json.loads(read_small(path, _LARGEST).decode("utf-8"))
        _refuse_other_contract(content, path)
        manifest = _manifest(content)
        return manifest, content_id(content)
    except ManifestError:
        raise
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ManifestError(f"{path}: {error!r}") from error


def _refuse_other_contract(content: Mapping[str, Any], path: Path) -> None:
    found = content["contract_version"]
    if type(found) is not int:  # True and 1.0 equal 1
        raise TypeError(f"contract_version: {found!r}")
    if not OLDEST_VERSION <= found <= CONTRACT_VERSION:
        raise OtherContractError(path, found)


def _legacy_id(tables: Mapping[str, TableEntry], as_of: date, created: datetime) -> str:
    sums = "".join(tables[name].sha256 for name in sorted(tables))
    return f"{_begin(as_of, created)}{sha256(sums.encode()).hexdigest()[:8]}"


def _begin(as_of: date, created: datetime) -> str:
    return f"{as_of:%Y%m%d}-{created:%Y%m%dT%H%M%S%f}Z-"


def _times(content: Mapping[str, Any]) -> tuple[date, datetime]:
    return date.fromisoformat(content["as_of"]), datetime.fromisoformat(content["created"])


def _manifest(content: Mapping[str, Any]) -> Manifest:
    as_of, created = _times(content)
    return Manifest(
        snapshot_id=_of(str, content["snapshot_id"]),
        contract_version=content["contract_version"],
        created=created,
        as_of=as_of,
        parent=content["parent"],
        tables={name: _entry(entry) for name, entry in content["tables"].items()},
        derived_version=_of(str, content.get("derived_version", "")),
        sequence=_of(int, content.get("sequence", 0)),
    )


def _entry(content: Mapping[str, Any]) -> TableEntry:
    return TableEntry(
        rows=_of(int, content["rows"]),
        sha256=_of(str, content["sha256"]),
        provenance=Provenance(content["provenance"]),
        source=_of(str, content["source"]),
        deliveries={area: _delivery(item) for area, item in content["deliveries"].items()},
    )


def _delivery(content: Mapping[str, Any]) -> Delivery:
    return Delivery(
        provenance=Provenance(content["provenance"]),
        file=_of(str, content["file"]),
        delivered_at=datetime.fromisoformat(content["delivered_at"]),
        rows=_of(int, content["rows"]),
        # Manifests of before say nothing of it: then nothing was told.
        not_recorded=tuple(content.get("not_recorded", ())),
        confirmed=tuple(content.get("confirmed", ())),
    )


def _of(kind: type[Value], value: object) -> Value:
    if type(value) is not kind:  # True is an int
        raise TypeError(f"not {kind.__name__}: {type(value).__name__}")
    return value


def _plain(value: object) -> str:
    if isinstance(value, date):  # datetime is a date
        return value.isoformat()
    raise TypeError(f"not for a manifest: {type(value).__name__}")
