"""What commands that read the current snapshot share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from analytics.extracts.manifest import read_manifest
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import DamagedSnapshotError, current_folder, open_checked
from analytics.settings import settings

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


def data_cut(root: Path) -> date | None:
    """Return the data cut of the store's current snapshot, or None while there is none.

    Raises:
        DamagedSnapshotError: If the store does not say which one is current.
        ManifestError: If its manifest cannot be read.
    """
    folder = current_folder(root)
    return read_manifest(folder).as_of if folder else None


def open_store(root: Path, w: Words) -> ParquetStore:
    """Open the current snapshot after all its checksums are compared.

    Raises:
        click.ClickException: In words, if there is none or it is not sound.
    """
    try:
        folder = current_folder(root)
        opened = None if folder is None else open_checked(folder)
    except DamagedSnapshotError as error:
        said = " ".join(error.texts(w)) or w("cli_store.damaged", store=root)
        raise click.ClickException(said) from None
    if opened is None:
        raise click.ClickException(w("cli_store.none", store=root))
    return opened
