"""``python -m analytics doctor``: what is wrong with this installation, and how to mend it."""

import os
import platform
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import click

from analytics.cli._store import store_option
from analytics.extracts import rights
from analytics.extracts.contract import CONTRACT_VERSION
from analytics.extracts.quarantine import QUARANTINE_NAME
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import Words
from analytics.settings import PROJECT, settings

_PINS: Final = PROJECT / "requirements.txt"
_PYTHON: Final = (3, 11)
_GIBIBYTE: Final = 1 << 30
# A publication writes a whole snapshot beside the current one, and sorting needs room of its own.
_SNAPSHOTS_OF_ROOM: Final = 3
_UNHEALTHY: Final = 1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: what it is, whether it is well, and what to do if not."""

    text: str
    is_well: bool = True


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("doctor", help=w("cli_doctor.help"))
    @store_option(w)
    def run(store: Path) -> int:
        examinations: tuple[Callable[[], Iterator[Diagnosis]], ...] = (
            lambda: _versions(w),
            lambda: _packages(_PINS, w),
            lambda: _folder(store, w),
            lambda: _snapshot(SnapshotStore(store), w),
            lambda: _rights(store.absolute(), w),
            lambda: _leftovers(SnapshotStore(store), w),
            lambda: _room(SnapshotStore(store), w),
        )
        ill = 0
        for examine in examinations:
            for diagnosis in examine():
                mark = w("cli_doctor.well" if diagnosis.is_well else "cli_doctor.ill")
                click.echo(f"{mark} {diagnosis.text}")
                ill += not diagnosis.is_well
        click.echo(w("cli_doctor.problems", count=ill) if ill else w("cli_doctor.healthy"))
        return _UNHEALTHY if ill else 0

    return run


def _versions(w: Words) -> Iterator[Diagnosis]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    version = str(project["version"])
    yield Diagnosis(w("cli_doctor.program", version=version, contract=CONTRACT_VERSION))
    needed = ".".join(map(str, _PYTHON))
    found = platform.python_version()
    is_well = sys.version_info >= _PYTHON
    message = "cli_doctor.python" if is_well else "cli_doctor.python_old"
    yield Diagnosis(w(message, found=found, needed=needed), is_well)


def _packages(pins: Path, w: Words) -> Iterator[Diagnosis]:
    if not pins.is_file():
        yield Diagnosis(w("cli_doctor.no_pins", file=pins), is_well=False)
        return
    expected = _pinned(pins)
    wrong = {name: found for name in expected if (found := _installed(name)) != expected[name]}
    for name, found in wrong.items():
        values = {"package": name, "expected": expected[name], "found": found or "–"}
        yield Diagnosis(w("cli_doctor.package", **values), is_well=False)
    if not wrong:
        yield Diagnosis(w("cli_doctor.packages", count=len(expected)))


def _folder(store: Path, w: Words) -> Iterator[Diagnosis]:
    nearest = next(path for path in (store.absolute(), *store.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.R_OK | os.X_OK):
        yield Diagnosis(w("cli_doctor.not_readable", store=store), is_well=False)
    elif not os.access(nearest, os.W_OK):
        yield Diagnosis(w("cli_doctor.not_writable", store=store), is_well=False)
    else:
        yield Diagnosis(w("cli_doctor.store", store=store))


def _snapshot(snapshots: SnapshotStore, w: Words) -> Iterator[Diagnosis]:
    try:
        current = snapshots.current()
        problems = snapshots.verify(current.name) if current else ()
    except SnapshotError as error:
        current, problems = None, error.problems
    for problem in problems:
        yield Diagnosis(problem.text(w), is_well=False)
    if problems and len(snapshots.list()) > 1:
        yield Diagnosis(w("cli_doctor.activate_other"), is_well=False)
    if not problems and current is None:
        yield Diagnosis(w("cli_doctor.no_snapshot"), is_well=False)
    elif not problems and current is not None:
        count = w.number(len(snapshots.list()))
        yield Diagnosis(w("cli_doctor.snapshot", id=current.name, count=count))
    # What is not in force is no illness, but somebody may want it back.
    for listed in snapshots.list():
        if listed.problems and not listed.is_current:
            said = " ".join(problem.text(w) for problem in listed.problems)
            yield Diagnosis(w("cli_doctor.other_unusable", problem=said))


def _rights(store: Path, w: Words) -> Iterator[Diagnosis]:
    """Take away what lets other accounts read rows of persons, and say so."""
    found = rights.wrong_in(store)
    foreign = rights.mend(found)
    if mended := len(found) - len(foreign):
        yield Diagnosis(w("cli_doctor.rights_mended", count=mended))
    if foreign:
        values = {"count": len(foreign), "path": foreign[0]}
        yield Diagnosis(w("cli_doctor.rights_foreign", **values), is_well=False)
    if rights.is_shared(store):
        yield Diagnosis(w("cli_doctor.rights_shared", store=store))
    elif not found and store.is_dir():
        is_open = settings().store_access == "group"
        yield Diagnosis(w("cli_doctor.rights_group" if is_open else "cli_doctor.rights"))


def _leftovers(snapshots: SnapshotStore, w: Words) -> Iterator[Diagnosis]:
    # Not an illness: the next change to the store clears them away. A publication that runs at this
    # moment looks the same.
    if count := len(snapshots.leftovers()):
        yield Diagnosis(w("cli_doctor.leftovers", count=count))
    folder = snapshots.root / QUARANTINE_NAME
    if folder.is_dir() and (files := len(list(folder.glob("*.parquet")))):
        yield Diagnosis(w("cli_doctor.quarantine", count=files, folder=folder))


def _room(snapshots: SnapshotStore, w: Words) -> Iterator[Diagnosis]:
    root = snapshots.root
    nearest = next(path for path in (root, *root.parents) if path.is_dir())
    free = shutil.disk_usage(nearest).free
    largest = max(_sizes_by_folder(root).values(), default=0)
    needed = max(_GIBIBYTE, _SNAPSHOTS_OF_ROOM * largest)
    values = {"free": w.number(free / _GIBIBYTE, 1), "needed": w.number(needed / _GIBIBYTE, 1)}
    is_well = free >= needed
    yield Diagnosis(w("cli_doctor.room" if is_well else "cli_doctor.no_room", **values), is_well)


def _sizes_by_folder(root: Path) -> dict[Path, int]:
    sizes: dict[Path, int] = {}
    for path in root.glob("*/*.parquet"):
        sizes[path.parent] = sizes.get(path.parent, 0) + path.stat().st_size
    return sizes


def _pinned(pins: Path) -> dict[str, str]:
    """Return package -> version of the lines ``name==version``."""
    lines = (line.split("#")[0].split(";")[0].strip() for line in pins.read_text().splitlines())
    pairs = (line.partition("==") for line in lines if "==" in line)
    return {name.partition("[")[0].strip(): version.strip(" \\") for name, _, version in pairs}


def _installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
