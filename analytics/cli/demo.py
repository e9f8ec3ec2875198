"""``python -m analytics demo``: make demonstration data and publish them as a snapshot."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from analytics.cli._store import store_option
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.demo.config import DEFAULT_CASES, DEFAULT_SEED, DemoConfig
from analytics.extracts.manifest import Manifest, ManifestError, read_manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import Words

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_STEPS: Final = ("cases", "endings", "tables", "save", "derive", "verify", "publish")
# The store's names for its phases that are named like steps of the generator.
_STORE_STEPS: Final = {"tables": "save"}


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("demo", help=w("cli_demo.help"))
    @store_option(w)
    @click.option(
        "--cases",
        type=click.IntRange(1, 20_000_000),
        default=DEFAULT_CASES,
        metavar="N",
        help=w("cli_demo.cases", default=w.number(DEFAULT_CASES)),
    )
    @click.option(
        "--seed",
        type=click.IntRange(0),
        default=DEFAULT_SEED,
        metavar="S",
        help=w("cli_demo.seed", default=DEFAULT_SEED),
    )
    @click.option(
        "--truth",
        "truth_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=w("cli_demo.truth"),
    )
    @click.option("--if-missing", is_flag=True, help=w("cli_demo.if_missing"))
    @click.option("--replace-delivered", "replace", is_flag=True, help=w("cli_demo.replace"))
    def run(
        store: Path, cases: int, seed: int, truth_file: Path | None, if_missing: bool, replace: bool
    ) -> None:
        current = _current(SnapshotStore(store), may_be_lost=replace and not if_missing)
        if if_missing and current is not None:
            click.echo(w("cli_demo.kept", snapshot=current.name))
            return
        if current is not None and not replace and _holds_deliveries(current):
            _ask(current, w)
        _run(DemoConfig(cases=cases, seed=seed), store, truth_file, w)
        if current is not None and _holds_deliveries(current):
            click.echo(w("cli_demo.deliveries_kept", snapshot=current.name))

    return run


def _current(snapshots: SnapshotStore, *, may_be_lost: bool) -> Path | None:
    """Return what is in force; a store that does not say so is left alone unless it may be."""
    try:
        return snapshots.current()
    except SnapshotError:
        if not may_be_lost:
            raise
        return None


def _ask(current: Path, w: Words) -> None:
    """Have it confirmed that invented data take the place of deliveries.

    Raises:
        click.ClickException: If nobody is there to ask, or the answer is no.
    """
    asked = sys.stdin.isatty() and click.prompt(
        w("cli_demo.ask", snapshot=current.name), default="", show_default=False, err=True
    )
    if asked != w("cli_demo.yes"):
        raise click.ClickException(w("cli_demo.delivered", snapshot=current.name))


def _run(config: DemoConfig, store: Path, truth_file: Path | None, w: Words) -> None:
    if truth_file and _is_inside(truth_file, store):
        raise click.ClickException(w("cli_demo.truth_inside", file=truth_file, store=store))
    manifest = _publish(config, SnapshotStore(store), w)
    rows = {name: w.number(manifest.tables[name].rows) for name in ("cases", "referrals")}
    click.echo(w("cli_demo.done", snapshot=manifest.snapshot_id, **rows))
    if truth_file:
        _write_truth(config, truth_file, w)


def _publish(config: DemoConfig, snapshots: SnapshotStore, w: Words) -> Manifest:
    # Imported here: the help needs no numerical libraries.
    from analytics.extracts.demo.tables import generate

    with _bar(w, len(_STEPS)) as bar:
        data = generate(config, _teller(bar))
        return snapshots.publish(
            data.tables,
            as_of=config.as_of,
            provenance=data.provenance,
            source=data.source,
            progress=_teller(bar, _STORE_STEPS),
        )


def _write_truth(config: DemoConfig, file: Path, w: Words) -> None:
    from analytics.extracts.demo.true_values import REPLICATES, truth

    with _bar(w, REPLICATES) as bar:
        content = truth(config, _teller(bar))
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    file.write_text(f"{text}\n", "utf-8")
    click.echo(w("cli_demo.truth_written", file=file))


def _holds_deliveries(folder: Path) -> bool:
    """Say whether a snapshot holds what somebody has delivered, or may do so."""
    try:
        tables = read_manifest(folder).tables
    except ManifestError:
        return True
    entries = [tables[name] for name in TABLES if name in tables]
    return any(
        entry.deliveries or (entry.rows and entry.provenance is Provenance.DELIVERED)
        for entry in entries
    )


def _is_inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _bar(w: Words, length: int) -> "AbstractContextManager[ProgressBar[str]]":
    def words_of(step: str | None) -> str:
        return w(f"cli_demo.step_{step}") if step else ""

    return click.progressbar(
        length=length,
        label=w("cli_demo.label"),
        item_show_func=words_of,
        file=sys.stderr,
    )


def _teller(bar: "ProgressBar[str]", names: dict[str, str] | None = None) -> Callable[[str], None]:
    """Return a function that moves the bar when a step begins."""

    def tell(step: str) -> None:
        bar.update(1, (names or {}).get(step, step))

    return tell
