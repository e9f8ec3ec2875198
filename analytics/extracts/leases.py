"""Holding a snapshot open, so that pruning leaves it alone.

A lease is a shared lock of the operating system on the snapshot's folder; pruning needs the
exclusive one. It costs no file, works on read-only folders, and ends with the process that holds it
however that process ends.
"""

import fcntl
import os
import weakref
from pathlib import Path
from typing import Self


class Lease:
    """A shared hold on a folder until ``close`` or the end of a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        """Take the lease; raises OSError if the folder is gone."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        # A session that ends closes nothing: its lease goes with the last thing that holds it.
        self._release = weakref.finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Give the lease back; harmless when done twice."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_leased(folder: Path) -> bool:
    """Say whether anyone holds a lease on the folder at this moment."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
