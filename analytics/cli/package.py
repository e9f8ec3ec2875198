"""``package``: all protected tables as a Frictionless data package in a folder."""

import json
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import click

from analytics.cli._store import open_store, store_option
from analytics.domain.release import Release
from analytics.exports.package import DESCRIPTOR, NAME, package_files
from analytics.extracts import durable
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.catalogue.package_contents import (
    Family,
    family,
    family_names,
    family_title,
    packed,
)


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("package", help=w("cli_package.help"))
    @click.option(
        "-o", "--output", "target", metavar="DIR", required=True, help=w("cli_package.output"),
        type=click.Path(path_type=Path, file_okay=False),
    )  # fmt: skip
    @store_option(w)
    def run(target: Path, store: Path) -> None:
        if not _may_be_replaced(target):
            raise click.ClickException(w("cli_package.foreign", folder=target))
        with open_store(store, w, Release.RELEASED) as data:
            package = packed(data, _families(data, w))
        files = package_files(package, w)
        try:
            _write(files, target)
        except OSError as error:  # about the folder asked for, not about a draft beside it
            raise OSError(error.errno, error.strerror, str(target)) from error
        rows = sum(each.rows for each in package.families)
        counts = {"tables": w.number(len(package.families)), "rows": w.number(rows)}
        click.echo(w("cli_package.written", folder=target, **counts), err=True)

    return run


def _families(store: ParquetStore, w: Words) -> tuple[Family, ...]:
    made = []
    with click.progressbar(
        family_names(),
        label=w("cli_package.label"),
        item_show_func=lambda name: family_title(name, w) if name else "",
        file=sys.stderr,
    ) as names:
        for name in names:
            made.append(family(store, name, w))
    return tuple(made)


def _may_be_replaced(folder: Path) -> bool:
    """Say whether nothing would be lost: no folder, an empty one, or a package of ours alone."""
    if not folder.exists():
        return True
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return not present or present <= _own_files(folder)


def _own_files(folder: Path) -> set[str]:
    """Return the paths that the folder's descriptor lists, if it is one of ours."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        if descriptor["name"] != NAME:
            return set()
        return {DESCRIPTOR, "README.md", *(each["path"] for each in descriptor["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write(files: dict[str, bytes], target: Path) -> None:
    """Put the files in place of the folder, which is never there by halves.

    Raises:
        OSError: If the folder cannot be written; an earlier package is then still there.
    """
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{target.name}-", dir=parent))
    new, old = draft / "new", draft / "old"
    try:
        for path, content in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            durable.replace_bytes(new / path, content)
        _exchange(new, target, old)
        durable.sync_folder(parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _exchange(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
