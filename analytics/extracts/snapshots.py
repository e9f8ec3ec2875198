"""The store of snapshots: complete, immutable folders, one of them current.

A snapshot is built under a temporary name, forced to the disk, verified, renamed, and only then
does ``CURRENT`` point to it; both last steps are single renames. A crash at any point therefore
leaves the old snapshot in force, or the new one complete. What a crash leaves behind has a name
that starts with a dot and is cleared away by the next change to the store.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pyarrow as pa
import structlog
from filelock import FileLock, Timeout

from analytics.domain.vocabulary import Provenance
from analytics.extracts import durable, listing, rights
from analytics.extracts.contract import TABLES
from analytics.extracts.drafts import Content, Line, Progress, build, contents_of, record_key
from analytics.extracts.faults import fault_of
from analytics.extracts.leases import is_leased
from analytics.extracts.listing import CURRENT_NAME, Listed, Pruned
from analytics.extracts.manifest import Delivery, Manifest, read_manifest
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.soundness import refuse_unsound
from analytics.extracts.verification import CONTRACT_KINDS, base_problems, problems_of

__all__ = ["CURRENT_NAME", "Listed", "Pruned", "SnapshotStore"]

_LOCK_NAME: Final = ".lock"
_LOCK_SECONDS: Final = 60.0

_LOG = structlog.get_logger(__name__)


class SnapshotStore:
    """The snapshots below one folder. Methods that change it hold the store's lock."""

    def __init__(self, root: Path, *, lock_seconds: float = _LOCK_SECONDS) -> None:
        """Name the folder; it is made by the first publication."""
        self.root = root.absolute()
        self._lock = FileLock(self.root / _LOCK_NAME, timeout=lock_seconds, mode=0o600)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store, so that what was read before publishing is still true then.

        May be nested by the same thread.

        Raises:
            SnapshotError: If another process keeps the store, the folder cannot be written, or disk
                or memory run out within the block; the old snapshot then stays in force.
        """
        is_outermost = not self._lock.is_locked
        try:
            self._make_root()
            self._lock.acquire()
        except Timeout as error:
            raise SnapshotError(Problem("busy", {"store": self.root})) from error
        except OSError as error:
            unknown = SnapshotError(Problem("not_writable", {"store": self.root}))
            raise self._fault(error) or unknown from error
        try:
            if is_outermost:
                listing.clear_leftovers(self.root)
            yield
        except Exception as error:
            if fault := self._fault(error):
                raise fault from error
            raise
        finally:
            if is_outermost:
                # Here and not where a folder is made: there an interruption may come before
                # anybody knows its name.
                with suppress(OSError):
                    listing.clear_leftovers(self.root)
            self._lock.release()

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """Hold the store and lend a folder in it for what is not yet published.

        The folder goes when the store is let go, or with its next holder after a crash.

        Raises:
            SnapshotError: As ``locked`` does.
        """
        with self.locked():
            yield self._draft()

    def current(self) -> Path | None:
        """Return the folder of the current snapshot, or None while nothing is published.

        Raises:
            SnapshotError: If ``CURRENT`` names no snapshot of this store, or is missing.
        """
        snapshot_id = listing.pointed(self.root)
        return None if snapshot_id is None else self._folder(snapshot_id)

    def base(self) -> Path | None:
        """Return the current snapshot if all of it is sound, to build on; None in a new store.

        Raises:
            SnapshotError: If it is damaged or of another version; it says what to do.
        """
        folder = self.current()
        if folder is not None:
            refuse_unsound(folder)
        return folder

    def list(self) -> tuple[Listed, ...]:
        """Return all snapshots, the newest first, unreadable ones last."""
        return listing.listed(self.root, self._current_or_none())

    def leftovers(self) -> tuple[Path, ...]:
        """Return what interrupted publications or prunings have left behind."""
        return listing.leftovers(self.root)

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

        Tables not named come from ``parent``, without one they are empty. Optional tables without
        rows are left out: nobody has delivered them. ``provenance`` and ``source`` hold for all
        named tables or say it per table.

        Args:
            tables: Contract tables and ``findings``: Arrow tables or Parquet files with the
                contract's columns; files are copied.
            as_of: The data cut; no date in the tables may lie after it.
            provenance: Where the rows come from.
            source: The words for it in source lines, a citation or file name.
            parent: The snapshot that this one continues.
            deliveries: Per table and area, the last delivery.
            progress: Told which phase begins.

        Raises:
            SnapshotError: If columns, rows or dates do not fit, or the parent is damaged; the old
                snapshot stays in force.
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
            inherited: dict[str, Content] = {}
            if parent:
                refuse_unsound(folder := self._folder(parent))
                inherited = contents_of(folder)
            return self._publish({**inherited, **contents}, as_of, parent, progress)

    def rebuild(self, snapshot_id: str, progress: Progress | None = None) -> Manifest:
        """Publish the tables of a snapshot once more, with clocks as they are derived today.

        Rows, data cut, origins and deliveries stay; the snapshot itself stays beside the new one.

        Raises:
            SnapshotError: If it is unknown, or damaged in more than what is derived.
        """
        with self.locked():
            folder = self._folder(snapshot_id)
            if problems := base_problems(folder, snapshot_id=snapshot_id):
                raise SnapshotError(Problem("parent_damaged", {"snapshot": snapshot_id}), *problems)
            as_of = read_manifest(folder).as_of
            return self._publish(contents_of(folder), as_of, snapshot_id, progress)

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
            self._point_to(snapshot_id)
        _LOG.info("snapshot activated", snapshot=snapshot_id)
        return read_manifest(folder)

    def prune(self, keep: int) -> Pruned:
        """Remove all but the current snapshot and the ``keep`` newest ones.

        Snapshots that a reader holds open (``leases.Lease``) stay; the next pruning takes them.
        Those that another version of this program can read stay, too.

        Raises:
            ValueError: If ``keep`` is below 1.
            SnapshotError: If the store cannot be locked, or does not say what is current.
        """
        if keep < 1:
            raise ValueError(f"keep must be at least 1, not {keep}")
        removed, in_use = [], []
        with self.locked():
            self.current()  # nothing goes as long as nobody knows what is in force
            for listed in self.list()[keep:]:
                folder = self.root / listed.snapshot_id
                if listed.is_current or {p.kind for p in listed.problems} & CONTRACT_KINDS:
                    continue
                if is_leased(folder):
                    in_use.append(listed.snapshot_id)
                    continue
                # Renamed first: a removal that is interrupted must not leave half a snapshot.
                durable.rename(folder, self.root / f"{listing.TRASH_PREFIX}{listed.snapshot_id}")
                removed.append(listed.snapshot_id)
            listing.clear_leftovers(self.root)
        _LOG.info("snapshots pruned", removed=len(removed), in_use=len(in_use))
        return Pruned(tuple(removed), tuple(in_use))

    def _publish(
        self,
        contents: Mapping[str, Content],
        as_of: date,
        parent: str | None,
        progress: Progress | None,
    ) -> Manifest:
        tell = progress or (lambda _: None)
        draft = self._draft()
        line = Line(as_of, parent, listing.next_sequence(self.list()))
        manifest = build(draft, contents, line, key=record_key(self.root), tell=tell)
        tell("verify")
        if problems := problems_of(draft, snapshot_id=manifest.snapshot_id):
            raise SnapshotError(*problems)
        tell("publish")
        durable.rename(draft, self.root / manifest.snapshot_id)
        self._point_to(manifest.snapshot_id)
        rows = sum(entry.rows for name, entry in manifest.tables.items() if name in TABLES)
        _LOG.info("snapshot published", snapshot=manifest.snapshot_id, rows=rows)
        return manifest

    def _draft(self) -> Path:
        return Path(mkdtemp(prefix=listing.DRAFT_PREFIX, dir=self.root))

    def _point_to(self, snapshot_id: str) -> None:
        path = self.root / CURRENT_NAME
        durable.replace_text(path, f"{snapshot_id}\n", mode=rights.file_mode())

    def _make_root(self) -> None:
        if self.root.is_dir():
            return
        self.root.mkdir(parents=True, exist_ok=True)
        rights.set_rights(self.root)

    def _fault(self, error: Exception) -> SnapshotError | None:
        """Return an operating fault in words: what is lacking, and what stays in force."""
        fault = fault_of(error)
        if fault is None:
            return None
        current = self._current_or_none()
        # What lies in the store has a name for the moment only.
        is_own = not fault.path or Path(fault.path).is_relative_to(self.root)
        values = {
            "path": self.root if is_own else fault.path,
            "in_force": current.name if current else "–",
        }
        return SnapshotError(Problem(f"fault_{fault.kind}", values))

    def _folder(self, snapshot_id: str) -> Path:
        folder = self.root / snapshot_id
        # The id comes from a file or a command line: it must not lead out of the store.
        if not listing.SNAPSHOT_ID.fullmatch(snapshot_id) or not folder.is_dir():
            raise SnapshotError(Problem("no_such_snapshot", {"snapshot": snapshot_id}))
        return folder

    def _current_or_none(self) -> Path | None:
        try:
            return self.current()
        except SnapshotError:
            return None
