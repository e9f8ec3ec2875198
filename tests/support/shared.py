"""What the workers of one run share: the first that needs it makes it, the last puts it away."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.snapshots import SnapshotStore


def shared_folder(temporary: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of this run, the same for all of its workers."""
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def demonstration(folder: Path, cases: int) -> Path:
    """Return a store with one demonstration snapshot; not to be changed."""
    root = folder / f"store-{cases}"
    with FileLock(folder / f"{root.name}.lock"):
        if not root.exists():
            demo = generate(DemoConfig(cases=cases))
            draft = root.with_suffix(".draft")
            SnapshotStore(draft).publish(
                demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
            )
            draft.rename(root)
    return root


@contextmanager
def shared_server(folder: Path, name: str, start: Callable[[], tuple[str, int]]) -> Iterator[str]:
    """Yield the address of a server; whoever leaves it last ends it.

    Args:
        folder: Shared by the workers.
        name: Of the server.
        start: Starts it; returns its address and its process.
    """
    lock, note = FileLock(folder / f"{name}.lock"), folder / f"{name}.json"
    with lock:
        address, process, users = json.loads(note.read_text()) if note.exists() else (*start(), 0)
        note.write_text(json.dumps((address, process, users + 1)))
    try:
        yield address
    finally:
        with lock:
            *_, users = json.loads(note.read_text())
            note.write_text(json.dumps((address, process, users - 1)))
            if users == 1:
                note.unlink()
                os.kill(process, signal.SIGTERM)
