"""Operating faults: what fails although program and data are right, such as a full disk.

They come as exceptions of Python, Arrow and DuckDB; whoever meets one asks what is lacking.
"""

import errno
import os
import sys
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["full", "forbidden", "read_only", "vanished", "memory", "killed", "disk"]

_KINDS: Final = MappingProxyType[int, Kind](
    {
        errno.ENOSPC: "full",
        errno.EDQUOT: "full",
        errno.EFBIG: "full",
        errno.EACCES: "forbidden",
        errno.EPERM: "forbidden",
        errno.EROFS: "read_only",
        errno.ENOENT: "vanished",
        errno.ESTALE: "vanished",
        errno.ENOMEM: "memory",
        errno.EIO: "disk",
    }
)
_SPILL: Final = "temp_directory"


@dataclass(frozen=True, slots=True)
class Fault:
    """An operating fault, and the file or folder that it is about; empty if unknown."""

    kind: Kind
    path: str = ""


def fault_of(error: BaseException) -> Fault | None:
    """Return the operating fault that an exception stands for; None if it is something else."""
    if isinstance(error, MemoryError):
        return Fault("memory")
    if isinstance(error, BrokenProcessPool):
        return Fault("killed")
    if isinstance(error, OSError):
        return _system_fault(error)
    # Asked for only if loaded: it takes a while, and an error of it cannot be there without it.
    duckdb = sys.modules.get("duckdb")
    if duckdb is None or not isinstance(error, duckdb.Error):
        return None
    if isinstance(error, duckdb.OutOfMemoryException):
        # What does not fit into memory goes to the disk; the message tells when that is full.
        return Fault("full" if _kind_in(str(error)) or _SPILL in str(error) else "memory")
    if isinstance(error, duckdb.IOException):
        return Fault(_kind_in(str(error)) or "disk")
    return None


def _system_fault(error: OSError) -> Fault | None:
    kind = _KINDS.get(error.errno) if error.errno else _kind_in(str(error))
    path = error.filename
    return Fault(kind, os.fsdecode(path) if isinstance(path, str | bytes) else "") if kind else None


def _kind_in(text: str) -> Kind | None:
    """Return the fault that a message names in the system's words."""
    return next((kind for code, kind in _KINDS.items() if os.strerror(code) in text), None)
