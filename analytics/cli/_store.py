"""What commands that read the current snapshot share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from analytics.domain.release import Release
from analytics.extracts.manifest import read_manifest
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import DamagedSnapshotError, current_folder, open_checked
from analytics.settings import settings

_RELEASE: Final = f"{__name__}.release"

DATE_FORMATS: Final = ("%Y-%m-%d", "%d.%m.%Y")
"""Days on the command line, in the international and the German order."""


def store_option(w: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--store``, whose default is the setting."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=settings().store,
        metavar="DIR",
        help=w("cli_store.option"),
    )


def release_option(w: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--release``, which ``open_store`` heeds; its default is the setting."""

    def keep(context: click.Context, _: click.Parameter, value: str) -> None:
        context.meta[_RELEASE] = Release(value)

    return click.option(
        "--release",
        type=click.Choice([str(each) for each in Release]),
        default=settings().edition,
        show_default=True,
        expose_value=False,
        callback=keep,
        help=w("cli_store.release"),
    )


def data_cut(root: Path) -> date | None:
    """Return the data cut of the store's current snapshot, or None while there is none.

    Raises:
        DamagedSnapshotError: If the store does not say which one is current.
        ManifestError: If its manifest cannot be read.
    """
    folder = current_folder(root)
    return read_manifest(folder).as_of if folder else None


def open_store(root: Path, w: Words, release: Release | None = None) -> ParquetStore:
    """Open the current snapshot after all its checksums are compared.

    Args:
        root: Folder of the snapshots.
        w: Language.
        release: For whom figures are told; else what ``--release`` or the setting says.

    Raises:
        click.ClickException: In words, if there is none or it is not sound.
    """
    context = click.get_current_context(silent=True)
    told = release or (context.meta.get(_RELEASE) if context else None)
    try:
        folder = current_folder(root)
        opened = None if folder is None else open_checked(folder, told)
    except DamagedSnapshotError as error:
        said = " ".join(error.texts(w)) or w("cli_store.damaged", store=root)
        raise click.ClickException(said) from None
    if opened is None:
        raise click.ClickException(w("cli_store.none", store=root))
    return opened
