"""What commands that read the current snapshot share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.opening import DamagedSnapshotError, current_folder, open_snapshot
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
    try:
        folder = current_folder(root)
        opened = None if folder is None else open_snapshot(folder)
    except DamagedSnapshotError:
        raise click.ClickException(w("cli_store.damaged", store=root)) from None
    if opened is None:
        raise click.ClickException(w("cli_store.none", store=root))
    return opened
