"""``trial``: every figure in every form and language, and what of it differs from an earlier walk.

For people who change the program: whatever was only moved must come out as before.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import click
import pyarrow.parquet as pq

from analytics.cli._store import open_store, store_option
from analytics.domain.areas import registry
from analytics.exports.tables import csv_bytes, parquet_bytes, xlsx_bytes
from analytics.i18n import LANGUAGES, Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import Asked, Figure
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.catalogue.figures_catalogue import figures

_FORMS: Final[Mapping[str, Callable[[Exhibit, Words], bytes]]] = {
    "csv": csv_bytes,
    "parquet": parquet_bytes,
    "xlsx": xlsx_bytes,
}


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""
    folder = click.Path(path_type=Path, file_okay=False)

    @click.command("trial", help=w("cli_trial.help"))
    @click.option(
        "-o",
        "--output",
        "target",
        type=folder,
        required=True,
        metavar="DIR",
        help=w("cli_trial.output"),
    )
    @click.option("--against", type=folder, metavar="DIR", help=w("cli_trial.against"))
    @store_option(w)
    def run(target: Path, against: Path | None, store: Path) -> None:
        target.mkdir(parents=True, exist_ok=True)
        with (
            open_store(store, w) as data,
            click.progressbar(list(figures().values()), label=w("cli_trial.label")) as walked,
        ):
            for figure in walked:
                for name, content in _files(data, figure):
                    (target / name).write_bytes(content)
        if against is None:
            return
        found = list(differences(against, target))
        click.echo("\n".join([*found, w("cli_trial.found", count=w.number(len(found)))]))
        if found:
            raise click.exceptions.Exit(1)

    return run


def _files(store: ParquetStore, figure: Figure) -> Iterator[tuple[str, bytes]]:
    """Yield a figure's files; one that is refused gives its reason."""
    district = registry().districts[0].ags if "district" in figure.required else None
    for language in LANGUAGES:
        stem, w = f"{figure.id}.{language}", words(language)
        try:
            exhibit = figure.make(store, Asked(district=district), w)
        except RefusedError as refusal:
            yield f"{stem}.txt", refusal.reason.encode()
            continue
        if not exhibit.table.columns:
            yield f"{stem}.txt", f"{exhibit.title}\n{exhibit.sentence}".encode()
            continue
        for form, write in _FORMS.items():
            yield f"{stem}.{form}", write(exhibit, w)


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield which files are gone or new, and what the others differ in: rows or words."""
    names = [{path.name for path in folder.iterdir()} for folder in (before, after)]
    yield from (f"- {name}" for name in sorted(names[0] - names[1]))
    yield from (f"+ {name}" for name in sorted(names[1] - names[0]))
    for name in sorted(names[0] & names[1]):
        pair = [(folder / name).read_bytes() for folder in (before, after)]
        if pair[0] == pair[1]:
            continue
        if name.endswith(".parquet"):
            rows = [pq.read_table(io.BytesIO(content)) for content in pair]
            if not rows[0].equals(rows[1]):
                yield f"~ {name}"
        elif not name.endswith(".xlsx"):  # says what the CSV says
            yield f'" {name}'
