"""The store of snapshots: complete, immutable folders, one of them current.

A snapshot is built under a temporary name, forced to the disk, verified, renamed, and only then
does ``CURRENT`` point to it; both last steps are single renames. A crash at any point therefore
leaves the old snapshot in force, or the new one complete. What a crash leaves behind has a name
that starts with a dot and is cleared away by the next change to the store.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pyarrow as pa
import structlog
from filelock import FileLock, Timeout

from analytics.domain.vocabulary import Provenance
from analytics.extracts import durable
from analytics.extracts.contract import TABLES
from analytics.extracts.drafts import Content, Progress, build, contents_of, empty
from analytics.extracts.findings_table import FINDINGS_NAME
from analytics.extracts.leases import is_leased
from analytics.extracts.manifest import Delivery, Manifest, ManifestError, read_manifest
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.verification import problems_of

CURRENT_NAME: Final = "CURRENT"
QUARANTINE_NAME: Final = "quarantine"

_LOCK_NAME: Final = ".lock"
_DRAFT_PREFIX: Final = ".draft-"
_TRASH_PREFIX: Final = ".trash-"
_CURRENT_DRAFT: Final = f".{CURRENT_NAME}.draft"
_SNAPSHOT_ID: Final = re.compile(r"\d{8}-\d{8}T\d{12}Z-[0-9a-f]{8}")
_LOCK_SECONDS: Final = 60.0

_LOG = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """One snapshot folder; ``manifest`` is None where it cannot be read."""

    snapshot_id: str
    is_current: bool
    manifest: Manifest | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning removed, and what it left because somebody has it open."""

    removed: tuple[str, ...]
    in_use: tuple[str, ...]


class SnapshotStore:
    """The snapshots below one folder. Methods that change it hold the store's lock."""

    def __init__(self, root: Path, *, lock_seconds: float = _LOCK_SECONDS) -> None:
        """Name the folder; it is made by the first publication."""
        self.root = root.absolute()
        self._lock = FileLock(self.root / _LOCK_NAME, timeout=lock_seconds)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store, so that what was read before publishing is still true then.

        May be nested by the same thread.

        Raises:
            SnapshotError: If another process keeps the store, or the folder cannot be written.
        """
        is_outermost = not self._lock.is_locked
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise SnapshotError(Problem("busy", {"store": self.root})) from error
        except OSError as error:
            values = {"store": self.root}
            raise SnapshotError(Problem("not_writable", values)) from error
        try:
            if is_outermost:
                self._clear_leftovers()
            yield
        finally:
            self._lock.release()

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """Hold the store and lend a folder in it; files there are linked when they are published.

        The folder goes with the block, or with the next holder of the store after a crash.

        Raises:
            SnapshotError: As ``locked`` does.
        """
        with self.locked():
            folder = Path(mkdtemp(prefix=_DRAFT_PREFIX, dir=self.root))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def current(self) -> Path | None:
        """Return the folder of the current snapshot, or None while nothing is published.

        Raises:
            SnapshotError: If ``CURRENT`` names no snapshot of this store.
        """
        try:
            snapshot_id = (self.root / CURRENT_NAME).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SnapshotError(Problem("current_unreadable", {"store": self.root})) from error
        return self._folder(snapshot_id)

    def list(self) -> tuple[Listed, ...]:
        """Return all snapshots, the newest first, unreadable ones last."""
        found = [self._listed(folder) for folder in self._folders()]
        return tuple(sorted(found, key=_age_key, reverse=True))

    def leftovers(self) -> tuple[Path, ...]:
        """Return what interrupted publications or prunings have left behind."""
        if not self.root.is_dir():
            return ()
        prefixes = (_DRAFT_PREFIX, _TRASH_PREFIX, _CURRENT_DRAFT)
        return tuple(sorted(p for p in self.root.iterdir() if p.name.startswith(prefixes)))

    def publish(
        self,
        tables: Mapping[str, pa.Table | Path],
        *,
        as_of: date,
        provenance: Provenance | Mapping[str, Provenance],
        source: str | Mapping[str, str],
        parent: str | None = None,
        deliveries: Mapping[str, Mapping[str, Delivery]] | None = None,
        progress: Progress | None = None,
    ) -> Manifest:
        """Publish ``tables`` as a new snapshot and make it the current one.

        Tables not named come from ``parent``, without one they are empty. ``provenance`` and
        ``source`` hold for all named tables or say it per table.

        Args:
            tables: Contract tables and ``findings``: Arrow tables or Parquet files with the
                contract's columns; files are copied, files of this store linked.
            as_of: The data cut; no date in the tables may lie after it.
            provenance: Where the rows come from.
            source: The words for it in source lines, a citation or file name.
            parent: The snapshot that this one continues.
            deliveries: Per table and area, the last delivery.
            progress: Told which phase begins.

        Raises:
            SnapshotError: If columns, rows or dates do not fit; the old snapshot stays in force.
        """
        contents = {
            name: Content(
                rows,
                provenance if isinstance(provenance, Provenance) else provenance[name],
                source if isinstance(source, str) else source[name],
                (deliveries or {}).get(name, {}),
            )
            for name, rows in tables.items()
        }
        with self.locked():
            inherited = contents_of(self._folder(parent)) if parent else {}
            blank = {name: empty(name) for name in (*TABLES, FINDINGS_NAME)}
            return self._publish({**blank, **inherited, **contents}, as_of, parent, progress)

    def verify(self, snapshot_id: str) -> tuple[Problem, ...]:
        """Return what is wrong with a snapshot; nothing for a sound one.

        Raises:
            SnapshotError: If the store has no such snapshot.
        """
        return problems_of(self._folder(snapshot_id), snapshot_id=snapshot_id)

    def activate(self, snapshot_id: str) -> Manifest:
        """Make a sound snapshot the current one.

        Raises:
            SnapshotError: If it is unknown or not sound; the old one stays in force.
        """
        with self.locked():
            folder = self._folder(snapshot_id)
            if problems := problems_of(folder, snapshot_id=snapshot_id):
                raise SnapshotError(*problems)
            durable.replace_text(self.root / CURRENT_NAME, f"{snapshot_id}\n")
        _LOG.info("snapshot activated", snapshot=snapshot_id)
        return read_manifest(folder)

    def prune(self, keep: int) -> Pruned:
        """Remove all but the current snapshot and the ``keep`` newest ones.

        Snapshots that a reader holds open (``leases.Lease``) stay; the next pruning takes them.

        Raises:
            ValueError: If ``keep`` is below 1.
            SnapshotError: If the store cannot be locked.
        """
        if keep < 1:
            raise ValueError(f"keep must be at least 1, not {keep}")
        removed, in_use = [], []
        with self.locked():
            for listed in self.list()[keep:]:
                folder = self.root / listed.snapshot_id
                if listed.is_current:
                    continue
                if is_leased(folder):
                    in_use.append(listed.snapshot_id)
                    continue
                # Renamed first: a removal that is interrupted must not leave half a snapshot.
                durable.rename(folder, self.root / f"{_TRASH_PREFIX}{listed.snapshot_id}")
                removed.append(listed.snapshot_id)
            self._clear_leftovers()
        _LOG.info("snapshots pruned", removed=len(removed), in_use=len(in_use))
        return Pruned(tuple(removed), tuple(in_use))

    def _publish(
        self,
        contents: Mapping[str, Content],
        as_of: date,
        parent: str | None,
        progress: Progress | None,
    ) -> Manifest:
        tell = progress or _silent
        draft = Path(mkdtemp(prefix=_DRAFT_PREFIX, dir=self.root))
        draft.chmod(0o755)
        try:
            manifest = build(draft, contents, as_of=as_of, parent=parent, tell=tell)
            tell("verify")
            if problems := problems_of(draft, snapshot_id=manifest.snapshot_id):
                raise SnapshotError(*problems)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        tell("publish")
        durable.rename(draft, self.root / manifest.snapshot_id)
        durable.replace_text(self.root / CURRENT_NAME, f"{manifest.snapshot_id}\n")
        rows = sum(manifest.tables[name].rows for name in TABLES)
        _LOG.info("snapshot published", snapshot=manifest.snapshot_id, rows=rows)
        return manifest

    def _clear_leftovers(self) -> None:
        for path in self.leftovers():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _folder(self, snapshot_id: str) -> Path:
        folder = self.root / snapshot_id
        # The id comes from a file or a command line: it must not lead out of the store.
        if not _SNAPSHOT_ID.fullmatch(snapshot_id) or not folder.is_dir():
            raise SnapshotError(Problem("no_such_snapshot", {"snapshot": snapshot_id}))
        return folder

    def _folders(self) -> tuple[Path, ...]:
        if not self.root.is_dir():
            return ()
        return tuple(p for p in self.root.iterdir() if _SNAPSHOT_ID.fullmatch(p.name))

    def _listed(self, folder: Path) -> Listed:
        try:
            manifest = read_manifest(folder)
        except ManifestError:
            manifest = None
        return Listed(folder.name, folder == self._current_or_none(), manifest)

    def _current_or_none(self) -> Path | None:
        try:
            return self.current()
        except SnapshotError:
            return None


def _age_key(listed: Listed) -> tuple[bool, datetime | None, str]:
    created = listed.manifest.created if listed.manifest else None
    return listed.manifest is not None, created, listed.snapshot_id


def _silent(_: str) -> None:
    """Take no notice of progress."""
