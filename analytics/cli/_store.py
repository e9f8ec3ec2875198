"""What commands that read the current snapshot share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analytics.extracts.manifest import ManifestError
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.settings import settings


def store_option(w: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--store``, whose default is the setting."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=settings().store,
        metavar="DIR",
        help=w("cli_store.option"),
    )


def open_store(root: Path, w: Words) -> ParquetStore:
    """Open the current snapshot.

    Raises:
        click.ClickException: In words, if there is none or it cannot be read.
    """
    folder = SnapshotStore(root).current()
    if folder is None:
        raise click.ClickException(w("cli_store.none", store=root))
    try:
        return ParquetStore(folder)
    except ManifestError:
        raise click.ClickException(w("cli_store.damaged", store=root)) from None
